package org.hotbackup.control;

import java.util.List;

/**
 * The tape devices of a node, and saving to and restoring from them (TS-001). {@code org.hotbackup:type=Tape}.
 *
 * <p>A device is called by the name that the administrator gave it. What takes long is a task: its receipt is {@code ACCEPTED}
 * and names it, {@link TasksMXBean#receipt} has what came of it. A device that nobody attached is attached for as long as
 * one operation takes.
 */
@Description("The tape devices of this node, and saving to and restoring from them")
public interface TapeMXBean {

    @Description("The names of all tape devices, in the order of the configuration")
    List<String> getDeviceNames();

    @Description(value = "All tape devices and what is the matter with them", impact = Description.Impact.INFO)
    List<TapeDevice> devices();

    @Description(
            value =
                    "For scripts: the same, one a line: name, kind, path, block size, read only, attached by, block, task and"
                            + " state, divided by tabs",
            impact = Description.Impact.INFO)
    String devicesText();

    @Description(
            value = "What the last save, restore or check on a device did: counts, and what could not be kept as it is",
            impact = Description.Impact.INFO)
    String report(@Description("device: its name") String device);

    @Description(
            value = "The same as fields, for programs: device, kind, outcome, counts, files and notes",
            impact = Description.Impact.INFO)
    TapeDone done(@Description("device: its name") String device);

    @Description(
            value = "t-rdlbl: the label at the place where a device stands, which it does not leave",
            impact = Description.Impact.INFO)
    String readLabel(@Description("device: its name") String device);

    @Description(
            value =
                    "t-read: blocks from where a device stands, which it does not leave, with their numbers, as hexadecimal"
                            + " digits and as text",
            impact = Description.Impact.INFO)
    String readBlocks(
            @Description("device: its name") String device, @Description("blocks: how many, up to 100") int blocks);

    @Description(value = "t-att: attaches a device, at its beginning", impact = Description.Impact.ACTION)
    OperationReceipt attach(
            @Description("device: its name") String device,
            @Description("block size: bytes of data in a block, 0 as the tape says or is configured") int blockSize);

    @Description(value = "t-det: detaches a device", impact = Description.Impact.ACTION)
    OperationReceipt detach(
            @Description("device: its name") String device,
            @Description("confirm: its name once more if somebody else attached it, else empty") String confirm);

    @Description(
            value = "t-unld: goes back to the beginning of the tape and detaches the device",
            impact = Description.Impact.ACTION)
    OperationReceipt unload(
            @Description("device: its name") String device,
            @Description("confirm: its name once more if somebody else attached it, else empty") String confirm);

    @Description(value = "t-rew: goes back to the beginning of the tape", impact = Description.Impact.ACTION)
    OperationReceipt rewind(@Description("device: its name") String device);

    @Description(value = "t-fwd: goes forward", impact = Description.Impact.ACTION)
    OperationReceipt forward(
            @Description("device: its name") String device,
            @Description("blocks: how many, 0 to go behind the next filemark") int blocks);

    @Description(value = "t-bck: goes back", impact = Description.Impact.ACTION)
    OperationReceipt back(
            @Description("device: its name") String device,
            @Description("blocks: how many, 0 to go before the filemark that comes first on the way") int blocks);

    @Description(
            value = "t-eod: goes to the end of what is recorded, over all reels, where the next tape file is written",
            impact = Description.Impact.ACTION)
    OperationReceipt endOfData(@Description("device: its name") String device);

    @Description(
            value = "t-weof: writes a filemark; what followed on the tape is gone",
            impact = Description.Impact.ACTION)
    OperationReceipt writeFilemark(
            @Description("device: its name") String device,
            @Description("confirm: its name once more if something follows on the tape, else empty") String confirm);

    @Description(
            value = "t-chk: reads the tape to its end, as a restore does, and says what is on it; nothing is restored",
            impact = Description.Impact.ACTION)
    OperationReceipt check(@Description("device: its name") String device);

    @Description(value = "t-dump: writes items of a file to a tape", impact = Description.Impact.ACTION)
    OperationReceipt dump(
            @Description("device: its name") String device,
            @Description("file: account,file or dict account,file") String file,
            @Description("ids: of the items, separated by commas, one with a comma in quotation marks; empty for all")
                    String ids,
            @Description("heading: what the label says behind the file's name, may be empty") String heading,
            @Description("options: h for a dump without a label; a, c and i change nothing and say why, or empty")
                    String options,
            @Description("confirm: the device's name once more if its tape holds something there, else empty")
                    String confirm);

    @Description(
            value =
                    "t-load: reads a dump into a file; items that are there are left as they are, or replaced with option o",
            impact = Description.Impact.ACTION)
    OperationReceipt load(
            @Description("device: its name") String device,
            @Description("file: account,file or dict account,file") String file,
            @Description("ids: of the items, separated by commas, one with a comma in quotation marks; empty for all")
                    String ids,
            @Description(
                            "options: o replaces items that are there, m does not list them; a and i change nothing and say why, or empty")
                    String options,
            @Description("confirm: with option o the file once more, else empty") String confirm);

    @Description(value = "account-save: writes accounts to a tape", impact = Description.Impact.ACTION)
    OperationReceipt accountSave(
            @Description("device: its name") String device,
            @Description("accounts: their names, separated by commas") String accounts,
            @Description("label: what every label says, may be empty") String label,
            @Description("options: none; u is refused, what was updated since a save is not kept") String options,
            @Description("confirm: the device's name once more if its tape holds something there, else empty")
                    String confirm);

    @Description(
            value = "account-restore: makes an account of one on a tape; none of this name may be there",
            impact = Description.Impact.ACTION)
    OperationReceipt accountRestore(
            @Description("device: its name") String device,
            @Description("account on tape: its name there") String accountOnTape,
            @Description("account: its name here, empty for the same") String account,
            @Description("options: a looks from where the device stands and not from the beginning, or empty")
                    String options);

    @Description(
            value = "save: writes all accounts to a tape, but what is this node's own in account dm",
            impact = Description.Impact.ACTION)
    OperationReceipt save(
            @Description("device: its name") String device,
            @Description("label: what every label says, may be empty") String label,
            @Description("options: h, i and k change nothing and say why, or empty") String options,
            @Description("confirm: the device's name once more if its tape holds something there, else empty")
                    String confirm);

    @Description(
            value =
                    "restore-accounts: makes all accounts of a save that are not there; what is there stays as it is, account"
                            + " dm and what belongs to no account too",
            impact = Description.Impact.ACTION)
    OperationReceipt restoreAccounts(
            @Description("device: its name") String device,
            @Description("options: a reads from where the device stands and not from the beginning, or empty")
                    String options);

    @AdminOnly
    @Destructive
    @Description(
            value = "restore: makes all accounts of a tape; with option o those that are there are replaced",
            impact = Description.Impact.ACTION)
    OperationReceipt restore(
            @Description("device: its name") String device,
            @Description(
                            "options: any of a (from where the device stands), o (accounts that are there are replaced), or empty")
                    String options,
            @Description("confirm: the node's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @Description(
            value =
                    "sel-restore: reads items of one file out of a save into a file; items that are there are left as they"
                            + " are, or replaced with option o",
            impact = Description.Impact.ACTION)
    OperationReceipt selRestore(
            @Description("device: its name") String device,
            @Description("file on tape: account,file or dict account,file as they are called there") String fileOnTape,
            @Description("file: where to, empty for the same") String file,
            @Description("ids: of the items, separated by commas, one with a comma in quotation marks; empty for all")
                    String ids,
            @Description(
                            "options: any of a (from where the device stands), o (items that are there are replaced), m (they are not listed), or empty")
                    String options,
            @Description("confirm: with option o the file once more, else empty") String confirm);
}
