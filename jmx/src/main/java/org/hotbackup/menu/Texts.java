package org.hotbackup.menu;

import java.util.regex.Pattern;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.Setting;
import org.hotbackup.control.settings.TapeSetting;

/** The words of the menu that are no messages: titles, help, the names of keys. */
final class Texts {

    static final String FINDING = "Looking";
    static final String LOST = "Connection lost";
    static final String GONE = "Server deleted";
    static final String BUSY_KEYS = "ESC does not wait for it   x exit";
    static final String KEYS_TITLE = "Keys";
    static final String KEYS =
            """
            RETURN            takes the highlighted choice
            1 to 9, 0         takes that choice at once; 0 is the tenth
            CTRL-N, down      moves down; in a long text to the next page
            CTRL-B, up        moves up; in a long text a page back
            PgDn, PgUp        turn the pages of the messages from anywhere
            CTRL-X            cancels input; CTRL-U empties a field
            ESC, q            back to what was there before, or out of the menu
            x                 out of the menu, from anywhere
            CTRL-L            draws the screen anew
            """;
    static final String CONFIRM_HELP = "y does it, n goes back to the fields, q quits and changes nothing.";

    static final String CONFIRM_ONLY_HELP = "y does it, n changes nothing.";
    static final String REASON_HELP = "Why it is done; it stands in the permanent log.";
    static final String SERVER_NAME_HELP =
            "The name by which this server is chosen: 1 to 8 letters, another one than those of the servers that there are.";

    static final String KEEP_HELP = "yes keeps in lost+found what the new master does not have, no drops it.";
    static final String LOSE_HELP =
            "Empty; of half an image whose master is lost for good what is lost, as the refusal names it.";
    static final String REJOIN_PORT_HELP =
            "Where the slave server listens that it becomes: a number from 1024 to 32767.";
    static final String TRANSACTION_HELP = "The number of the blocked transaction, as it is shown above.";
    static final String SHARE_HELP = "The most time that it takes, in percent: 1 to 100.";
    static final String ROUNDS_HELP = "How often it goes round; 0 for ever.";
    static final String AUDIT_REASON_HELP = "Why it is done; it stands in the audit.";
    static final String AUDIT_AFTER_HELP = "Records behind this number are listed; 0 for all.";
    static final String AUDIT_NUMBER_HELP = "The record that was the last one when its hash was noted.";
    static final String AUDIT_HASH_HELP = "The hash as it was noted, from Verify or from the audit's HeadHash.";

    static final String FIND_FILE_HELP =
            "An account, or account,file for a file with its dictionary and sections; nothing for all files.";
    static final String FIND_ITEM_HELP = "The id of an item, as lists show it; nothing for all items.";
    static final String FIND_AFTER_HELP = "Only entries with a larger LSN; 0 for all.";
    static final String FIND_UP_TO_HELP = "Only entries with an LSN up to this one; 0 for all.";

    static final String NOTICES_AS_HELP = "One of a notify list: a user such as bob, or a port such as !0.";
    static final String NOTICES_PORT_HELP = "A port such as !0. What is taken is kept for it no longer.";
    static final String ADDRESS_USER_HELP = "A user, as notify lists name him.";
    static final String ADDRESS_HELP =
            "Of mail (bob@example.com), or an http: or https: address to post to; nothing takes the address away.";

    static final String USER_NAME_HELP = "1 to 50 characters without blanks, commas and quotes, not beginning with !.";
    static final String ROLES_HELP =
            "viewer reads, operator also starts, stops, applies and replays, admin may all; several divided by commas.";
    static final String OLD_PASSWORD_HELP = "The password with which you are logged in here; it is not shown.";
    static final String NEW_PASSWORD_HELP =
            "12 to 200 characters. Sessions that were opened with the old one end, this one too.";
    static final String AGAIN_HELP = "Once more the same, because it is not shown.";

    static final String KEYWORD_HELP = "Which setting: " + TapeSetting.keys() + ".";
    static final String VALUE_HELP = "The new value of this setting.";

    static final String TAPE_BLOCK_SIZE_HELP = "Bytes of data in a block; 0 as the tape says, or is configured.";
    static final String TAPE_FORWARD_HELP = "How many blocks; 0 to go behind the next filemark.";
    static final String TAPE_BACK_HELP = "How many blocks; 0 to go before the filemark that comes first on the way.";
    static final String TAPE_READ_HELP = "How many blocks, up to 100.";
    static final String TAPE_ACCOUNTS_HELP = "Their names, divided by commas.";
    static final String TAPE_LABEL_HELP = "What every label on the tape says; may be empty.";
    static final String TAPE_LABELLED_HELP = "no writes the items without a label before them.";
    static final String TAPE_HEADING_HELP = "What the label says behind the file's name; may be empty.";
    static final String TAPE_FILE_HELP = "account,file or dict account,file.";
    static final String TAPE_FILE_THERE_HELP = "account,file or dict account,file, as they are called on the tape.";
    static final String TAPE_FILE_HERE_HELP = "account,file or dict account,file to restore to; nothing for the same.";
    static final String TAPE_IDS_HELP =
            "The ids of the items, divided by commas, one with a comma in quotation marks; nothing for all.";
    static final String TAPE_ACCOUNT_THERE_HELP = "The name of the account on the tape.";
    static final String TAPE_ACCOUNT_HERE_HELP = "What it is to be called here; nothing for the same.";
    static final String TAPE_REWOUND_HELP =
            "no looks from where the device stands, not from the beginning of the tape.";
    static final String TAPE_REPLACE_ALL_HELP =
            "yes deletes accounts that are here and makes them as the tape has them.";
    static final String TAPE_REPLACE_HELP = "yes replaces items that are here; no leaves them as they are.";
    static final String TAPE_LIST_HELP = "Whether the report lists the items that are here and stay: yes or no.";
    static final String TAPE_CONFIRM_FILE_HELP = "To confirm that items are replaced, type the file once more.";

    private static final Pattern TIME = Pattern.compile("(?m)^([0-9-]{10})T([0-9:]{8})[.0-9]*Z");

    private Texts() {}

    /** With the seconds in which messages were said, which all lines of a page have room for. */
    static String withShortTimes(String text) {
        return TIME.matcher(text).replaceAll("$1 $2Z");
    }

    static String of(String what, String server) {
        return what + " of server '" + server + "'";
    }

    static String confirmHelp(String name) {
        return "To confirm, type " + name + ".";
    }

    static String tapeTakenHelp(String device) {
        return "If somebody else attached it, type " + device + " to take it away; else nothing.";
    }

    static String tapeOverwriteHelp(String device) {
        return "If what the tape holds from there on may go, type " + device + "; else nothing.";
    }

    /** What a setting of the setup form means (HB-003). */
    static String help(ServerSetting setting) {
        String meaning =
                switch (setting) {
                    case TYPE -> "master on the system where users work, slave on its backup. Fields that do not apply to the"
                            + " type are passed over.";
                    case HOST -> "The machine on which the slave server of this master server runs.";
                    case PORT -> "On a slave server the port on which it listens; on its master server the same number.";
                    case CHECK_PERIOD -> "How often the master server checks that everything is in order; 300 suits most"
                            + " systems.";
                    case TXLOG_TIMER -> "How long the master server sleeps when it found its queue empty; 2 or 3 spare the"
                            + " machine, 0 sends at once.";
                    case LOG_SLAVE_UPDATE -> "Whether what this slave server writes is logged here, so that this node can be"
                            + " the master of another one.";
                    case NOTIFY -> "Who is told of errors and warnings: users, and ports with an exclamation mark.";
                    case APPLY_UPDATES -> "Whether updates are applied as they arrive; off keeps them in hb.log,apply, for a"
                            + " save for example. Not to stay off for long.";
                    case AUTO_CREATE -> "Whether an account or file that is missing here is created when an update needs it;"
                            + " on is wise.";
                    case COMMENTS -> "Anything worth knowing about this server.";
                    case INSECURE -> "A link without encryption, between nodes of one machine.";
                };
        return help(meaning, setting);
    }

    /** The same of a tape-socket server. */
    static String help(TapeSetting setting) {
        String meaning =
                switch (setting) {
                    case DIRECTION -> "output where a tape is sent from, input where it arrives. Fields that do not apply to"
                            + " the direction are passed over.";
                    case HOST -> "The machine on which the input server of this output server runs.";
                    case PORT -> "On an input server the port on which it listens; on its output server the same number.";
                    case PIPE -> "An output server reads it, an input server writes it; a pipe of a name without slashes is"
                            + " made if it is missing.";
                    case BLOCK_SIZE -> "How many bytes are a block; 512 for pseudo-floppies.";
                    case CALL_ATTEMPTS -> "How often the output server calls before it gives up; 0 until it is answered.";
                    case TAPE -> "The log is written to tapes of this node, NAME.1, NAME.2 and so on.";
                    case LINKED -> "On for servers that send and apply the transaction log; they have no pipe then.";
                    case NOTIFY -> "Who is told of errors and warnings: users, and ports with an exclamation mark.";
                    case COMMENTS -> "Anything worth knowing about this server.";
                    case INSECURE -> "A link without encryption, between nodes of one machine.";
                };
        return help(meaning, setting);
    }

    private static String help(String meaning, Setting setting) {
        String usual = setting.defaultValue().filter(value -> !value.isEmpty()).orElse("");
        return meaning + "\nValid: " + setting.valid() + (usual.isEmpty() ? "" : "; usually " + usual);
    }

    static String findOperationHelp() {
        return "What an update does: " + String.join(", ", UpdateContent.OPERATIONS) + "; nothing for all.";
    }

    static String connecting(String node) {
        return "Connecting to node '" + node + "'";
    }

    static String silent(long seconds) {
        return "no answer for " + seconds + " s";
    }

    static String busy(String doing, long seconds) {
        return doing + " ... waiting" + (seconds < 1 ? "" : ", " + seconds + " s");
    }
}
