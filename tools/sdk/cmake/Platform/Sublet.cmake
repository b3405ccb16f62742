# What CMake has to know of the system: a small Unix without shared libraries.
set(UNIX 1)
set(CMAKE_EXECUTABLE_SUFFIX "")
set(CMAKE_DL_LIBS "")
set_property(GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS FALSE)
