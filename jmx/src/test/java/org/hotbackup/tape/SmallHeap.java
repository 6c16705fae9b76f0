package org.hotbackup.tape;

import java.io.PrintStream;
import java.util.Optional;

/** What {@link BoundedMemoryTest} runs in a Java VM of its own: reads a tape that is longer than its heap. */
final class SmallHeap {

    private static final String ACCOUNT = "~D^1^1^000Dacc^D^^7^";

    private SmallHeap() {}

    /** Reads one sort of tape and prints how many items it has and what was said. */
    public static void main(String[] arguments) {
        EndlessTape tape =
                switch (arguments[0]) {
                    case "items" -> new EndlessTape(
                            ACCOUNT, "~I1^0^00D1######^" + "x".repeat(197) + "^", 700_000, "~XX");
                    case "frames" -> new EndlessTape(
                            ACCOUNT + "~B1^0^0021largest^CC^0^20C4A^^^4000000^",
                            "~OC^0001^" + "5A".repeat(500) + "^",
                            0x20C4A,
                            "~XX");
                    case "announced" -> new EndlessTape(
                            ACCOUNT + "~B1^0^0019much^CC^0^FFFFFFFF^^^",
                            "~OC^0001^" + "5A".repeat(500) + "^",
                            300_000,
                            "~XX");
                    case "unended" -> new EndlessTape(
                            ACCOUNT + "~I1^0^0000long^", "no mark for a very long time ", 9_000_000, "");
                    default -> throw new IllegalArgumentException(arguments[0]);
                };
        TapeReport report = TapeCheck.of(ReelSource.of(tape), Optional.empty());
        PrintStream out = System.out;
        out.println(report.items() + " items, " + report.bytes() + " bytes, " + report.noteCount() + " notes");
        out.println(report.notes().isEmpty() ? "" : report.notes().get(0).sentence());
        out.println(report.message());
    }
}
