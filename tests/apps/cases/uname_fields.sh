uname; uname -s; uname -r; uname -m; uname -sr; uname -n
