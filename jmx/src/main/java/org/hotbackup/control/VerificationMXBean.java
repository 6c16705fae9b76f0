package org.hotbackup.control;

import java.util.List;

/**
 * The proof that a slave is the image of its master, while both work. {@code
 * org.hotbackup:type=Verification,name=todev}, one for each master server.
 */
@Description("Compares the files of a master with those of its slave while both work, and repairs what differs")
public interface VerificationMXBean {

    @Description("The master server whose slave is compared")
    String getName();

    @Description("never run, verifying, repairing, stopped or done")
    String getState();

    @Description("Why it does not go on at the moment, one sentence; empty if it does")
    String getTrouble();

    @Description(value = "The most time it takes, in percent", units = "percent")
    int getSharePercent();

    @Description(value = "The round it is in, from 1; 0 if it never ran", units = "rounds")
    int getRound();

    @Description(value = "How many rounds it goes, 0 for ever", units = "rounds")
    int getRounds();

    @Description(value = "Files in this round", units = "files")
    int getFiles();

    @Description(value = "Files compared in this round", units = "files")
    int getFilesDone();

    @Description(value = "Ranges compared since it was started", units = "ranges")
    long getRangesTotal();

    @Description(value = "Items found equal since it was started", units = "items")
    long getItemsTotal();

    @Description(value = "Bytes of these items", units = "bytes")
    long getBytesTotal();

    @Description(
            value =
                    "Files of the last result that are not the same on both sides, or not proved to be since their repair",
            units = "files")
    int getFilesDifferent();

    @Description(value = "Items of the last result that are not the same on both sides", units = "items")
    long getItemsDifferent();

    @Description(
            value = "Log sequence number as of which every file was proved equal; 0 if one of them was not",
            units = "LSN")
    long getProvedLsn();

    @Description(value = "Begins to compare all files that are logged", impact = Description.Impact.ACTION)
    OperationReceipt start(
            @Description("share: the most time to take, in percent, 1 to 100") int share,
            @Description("rounds: how often to go round, 0 for ever") int rounds);

    @Description(value = "Stops comparing; what was found is kept", impact = Description.Impact.ACTION)
    OperationReceipt stop();

    @Destructive
    @Description(
            value = "Sends what differs to the slave once more, through the log, and compares these files again",
            impact = Description.Impact.ACTION)
    OperationReceipt repair(
            @Description("confirm: the server's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @AdminOnly
    @Destructive
    @Description(
            value =
                    "Makes the slave equal: compares all files, sends what differs, and compares again until nothing does",
            impact = Description.Impact.ACTION)
    OperationReceipt resync(
            @Description("share: the most time to take, in percent, 1 to 100") int share,
            @Description("confirm: the server's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @AdminOnly
    @Destructive
    @Description(
            value =
                    "Proves that the slave is equal, of all that is logged or only of some: compares, sends what differs, and"
                            + " compares again until nothing does",
            impact = Description.Impact.ACTION)
    OperationReceipt prove(
            @Description("units: accounts, and account,file, with blanks between them; empty for all") String units,
            @Description("share: the most time to take, in percent, 1 to 100") int share,
            @Description("confirm: the server's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @Description(value = "The last result of every file, by path", impact = Description.Impact.INFO)
    List<VerifiedFile> files(
            @Description("after: only files behind this path, empty for all") String after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "For scripts: the same, one a line: path, finding, LSN of the proof, time, items, bytes, ranges and"
                    + " differences, divided by tabs",
            impact = Description.Impact.INFO)
    String filesText(
            @Description("after: only files behind this path, empty for all") String after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(value = "The items that differ, by file and id", impact = Description.Impact.INFO)
    List<ItemDifference> differences(
            @Description("after path: only items behind this one: its account,file, empty for all") String afterPath,
            @Description("after id: and its id as it was shown, empty for all of the file") String afterId,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value =
                    "For scripts: the same, one a line: path, id, bytes and SHA-256 on the master, bytes and SHA-256 on the"
                            + " slave, divided by tabs; bytes are -1 where there is no such item",
            impact = Description.Impact.INFO)
    String differencesText(
            @Description("after path: only items behind this one: its account,file, empty for all") String afterPath,
            @Description("after id: and its id as it was shown, empty for all of the file") String afterId,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "State, progress and result in words, with the result of the first 500 files",
            impact = Description.Impact.INFO)
    String status();
}
