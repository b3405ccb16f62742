# What tools/run does through OpenOCD, read before a board's openocd.cfg. Lines that begin with "sublet:" are for people; tools/lib/openocd.py
# shows them. A board's file sets CHIPNAME and CPUTAPID, and names its tap $CHIPNAME.cpu.

# OpenOCD goes on with a chain that is not the expected one; here that is the end, before anything was asked of the chip.
proc jtag_init {} {
	global CHIPNAME CPUTAPID
	jtag arp_init
	set found [jtag cget $CHIPNAME.cpu -idcode]
	if {$found == 0} {
		sublet_fail "no chip answers on JTAG: are the cable and the power there?"
	}
	if {$found != $CPUTAPID} {
		sublet_fail [format "the wrong board: IDCODE is 0x%08x, and that of %s is 0x%08x" $found $CHIPNAME $CPUTAPID]
	}
}

proc sublet_say {text} {
	echo "sublet: $text"
}

proc sublet_fail {text} {
	sublet_say "error: $text"
	shutdown error
	return -code error $text
}

# Run a script; when it fails, say what could not be done, and end.
proc sublet_try {what script} {
	if {[catch {uplevel 1 $script} reason]} {
		sublet_fail "$what: $reason"
	}
}

# Write parts, each a list of name, address, bytes of its erase blocks and file. The first is the layout table: it is erased first and written last,
# so that no reset meets a table whose parts are not all there.
proc sublet_flash {parts} {
	sublet_try "the processor does not halt" {reset halt}
	foreach part $parts {
		lassign $part name address room file
		sublet_say "erasing $name"
		sublet_try "cannot erase $name" {flash erase_address pad $address $room}
	}
	foreach part [concat [lrange $parts 1 end] [list [lindex $parts 0]]] {
		lassign $part name address room file
		sublet_say "writing $name, [file size $file] bytes"
		sublet_try "cannot write $name" {flash write_image $file $address bin}
		sublet_try "$name is not what was written" {verify_image $file $address bin}
	}
	sublet_try "the board does not restart" {reset run}
	sublet_say "done"
	shutdown
}

# For a debugger: the processor is halted while it is there, and goes on when it leaves.
proc sublet_debug {} {
	global CHIPNAME
	$CHIPNAME.cpu configure -event gdb-detach {resume}
	sublet_try "the processor does not halt" {halt}
}
