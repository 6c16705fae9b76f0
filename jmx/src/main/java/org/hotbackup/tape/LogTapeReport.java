package org.hotbackup.tape;

/**
 * What is on a log tape.
 *
 * @param outcome whether all of it can be applied, as far as the tape tells
 * @param code of the message
 * @param message a sentence for people
 * @param label whose log it is, its epoch and where it begins
 * @param firstLsn of the first entry, 0 if there is none
 * @param lastLsn of the last entry, 0 if there is none
 * @param firstCommittedAtMillis when the first entry was committed, epoch milliseconds; 0 if there is none
 * @param lastCommittedAtMillis when the last entry was committed, epoch milliseconds; 0 if there is none
 * @param entries how many
 * @param blocks how many were read, the label and filemarks not among them
 */
public record LogTapeReport(
        TapeReport.Outcome outcome,
        String code,
        String message,
        String label,
        long firstLsn,
        long lastLsn,
        long firstCommittedAtMillis,
        long lastCommittedAtMillis,
        long entries,
        long blocks) {}
