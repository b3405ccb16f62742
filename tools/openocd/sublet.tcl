# What tools/run does through OpenOCD, read before a board's openocd.cfg. Lines that begin with "sublet:" are for people; tools/lib/openocd.py
# shows them. A board's file sets CHIPNAME, CPUTAPID and CPUXLEN, and names its tap and target $CHIPNAME.cpu.

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

# Halt the board and see that its processor is the right one: SiFive's chips share an IDCODE, but not the width. (Asked while the processor runs,
# `riscv info` finds no triggers, and OpenOCD believes so from then on.)
proc sublet_halt {} {
	global CHIPNAME CPUXLEN
	sublet_try "the processor does not halt" {halt}
	regexp {hart\.xlen +([0-9]+)} [riscv info] all xlen
	if {$xlen != $CPUXLEN} {
		sublet_fail "the wrong board: a processor of $xlen bits, and that of $CHIPNAME has $CPUXLEN"
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

# Write pieces, each a list of name, address, bytes to erase and file. The first is the one that a reset leads to: it is erased first and written
# last, so that no reset meets it while the others are not all there.
proc sublet_flash {pieces} {
	sublet_halt
	sublet_try "the processor does not halt at its reset" {reset halt}
	foreach piece $pieces {
		lassign $piece name address room file
		sublet_say "erasing $name"
		sublet_try "cannot erase $name" {flash erase_address pad $address $room}
	}
	foreach piece [concat [lrange $pieces 1 end] [list [lindex $pieces 0]]] {
		lassign $piece name address room file
		sublet_say "writing $name, [file size $file] bytes"
		sublet_try "cannot write $name" {flash write_image $file $address bin}
		sublet_try "$name is not what was written" {verify_image $file $address bin}
	}
	sublet_try "the board does not restart" {reset run}
	sublet_say "done"
	shutdown
}

# Copy memory or flash to a file; the board goes on.
proc sublet_read {address length file} {
	sublet_halt
	sublet_try [format "cannot read %d bytes at 0x%x" $length $address] {dump_image $file $address $length}
	resume
	shutdown
}

# For a debugger: the processor is halted while it is there, and goes on when it leaves.
proc sublet_debug {} {
	global CHIPNAME
	$CHIPNAME.cpu configure -event gdb-detach {resume}
	sublet_halt
}
