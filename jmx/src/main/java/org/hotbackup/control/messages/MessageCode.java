package org.hotbackup.control.messages;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The message catalogue. A code's number is for ever, its text may be improved; each text says what was wrong and what
 * to do. HB1...: the store. HB2...: servers, queue and link. HB3...: nodes and the command line. HB4...: users, roles, the audit and
 * the pages. HB5...: tapes. The texts of HB-140 to
 * HB-154 keep the manual's spelling.
 */
public enum MessageCode {
    ITEM_ID_EMPTY(1001, Kind.BAD_INPUT, "The item id is empty; give an id of 1 to 200 bytes."),
    ITEM_ID_TOO_LONG(1002, Kind.BAD_INPUT, "The item id has {0} bytes; the most is {1}."),
    ITEM_ID_HAS_MARK(
            1003,
            Kind.BAD_INPUT,
            "Byte {0} of the item id is the mark {1}; marks (FB to FF) cannot be part of an id, use other bytes."),
    PATH_MALFORMED(
            1004,
            Kind.BAD_INPUT,
            "''{0}'' is not a file path; write account,file or account,file,section or dict account,file."),
    NAME_UNUSABLE(
            1005,
            Kind.BAD_INPUT,
            "''{1}'' cannot be the name of {0}: 1 to {2} bytes of UTF-8 without blanks, commas, slashes and control characters."),
    ITEM_TOO_LARGE(1006, Kind.TOO_LARGE, "The item ''{0}'' has {1} bytes; the most is {2}."),
    TRANSACTION_TOO_LARGE(
            1007, Kind.TOO_LARGE, "The transaction holds more than {0} bytes or {1} updates; split it into several."),
    MODULO_OUT_OF_RANGE(1008, Kind.BAD_INPUT, "Modulo {0} is out of range; give a number from 1 to 16777215."),
    DPOINTER_MALFORMED(
            1009,
            Kind.BAD_INPUT,
            "''{0}'' is not a D-pointer code; write D and any of the letters C F L N P Q S T U X Y, for example DL."),
    NO_ACCOUNT(1010, Kind.NOT_FOUND, "There is no account ''{0}''; create it first, or check its name."),
    NO_FILE(1011, Kind.NOT_FOUND, "There is no file ''{0}''; create it first, or check its name."),
    NO_ITEM(1012, Kind.NOT_FOUND, "There is no item ''{0}'' in ''{1}''."),
    ACCOUNT_EXISTS(1013, Kind.CONFLICT, "The account ''{0}'' exists already; give another name, or delete it first."),
    FILE_EXISTS(1014, Kind.CONFLICT, "The file ''{0}'' exists already; give another name, or delete it first."),
    SYSTEM_FILE(1015, Kind.DENIED, "''{0}'' belongs to the system and cannot be changed this way."),
    SECRET_FILE(
            1037,
            Kind.DENIED,
            "''{0}'' holds what proves the passwords of the users and is shown to nobody; hot-backup user list shows the users."),
    LOCKED(1016, Kind.CONFLICT, "''{0}'' is locked by another transaction; nothing was changed, try again."),
    STORE_FULL(
            1017,
            Kind.FULL,
            "The disk of the store has only {0} MB left and {1} MB are kept in reserve; nothing was changed, free some space and try again."),
    QUEUE_FULL(
            1018,
            Kind.FULL,
            "The transaction log queue cannot take more updates ({0}); nothing was changed, see to the slave or free some space."),
    MALFORMED_REQUEST(1019, Kind.BAD_INPUT, "The request cannot be read: {0}."),
    INTERNAL_ERROR(1020, Kind.INTERNAL, "Something failed inside the node ({0}); the node''s log has the details."),
    NOTHING_TO_DOWNLOAD(
            4180,
            Kind.NOT_FOUND,
            "Update {0} has no bytes, or is not there (any more); go back to the list and look again."),
    NOT_A_WHOLE_NUMBER(4181, Kind.BAD_INPUT, "''{1}'' is no value of {0}; give a whole number."),
    NOT_A_FORMAT(4182, Kind.BAD_INPUT, "''{0}'' is no format of a download; give csv or json."),
    NOT_AUTHENTICATED(1021, Kind.UNAUTHENTICATED, "User name or password is wrong."),
    NOT_ALLOWED(1022, Kind.DENIED, "User ''{0}'' is not allowed to do this; it takes the role {1}."),
    STORE_IN_USE(
            1023,
            Kind.CONFLICT,
            "The store is open in another process{0}; one node owns a store, stop the other one first."),
    STORE_UNUSABLE(1024, Kind.UNAVAILABLE, "The store ''{0}'' cannot be opened: {1}."),
    STORE_OF_ANOTHER_NODE(
            1025,
            Kind.CONFLICT,
            "The store belongs to node ''{0}'' and not to this one; give each node its own store."),
    NOT_READY(1026, Kind.UNAVAILABLE, "The node is still starting; try again in a moment."),
    AUDIT_UNWRITABLE(
            4002,
            Kind.UNAVAILABLE,
            "Nothing was done because the audit cannot be written: {0} See to the store, for example free some space on its disk."),
    AUDIT_WHOLE(
            4003,
            Kind.INFORMATION,
            "All {0} records of the audit are as they were written; the hash of the last is {1}."),
    AUDIT_BROKEN(
            4004,
            Kind.WARNING,
            "Record {0} of the audit is missing or is not as it was written; the records before it are. Compare with a backup."),
    AUDIT_HEAD_UNUSABLE(
            4005,
            Kind.BAD_INPUT,
            "''{0}'' and ''{1}'' are not the number and hash of a record; give both as HeadNumber and HeadHash were."),
    JVM_CLOSED(
            4006,
            Kind.DENIED,
            "''{0}'' cannot be asked for over JMX: of the Java VM itself only figures can be read, and nothing can be changed."),
    LOGGED_IN(4007, Kind.INFORMATION, "Logged in."),
    USER_CREATED(
            4010,
            Kind.INFORMATION,
            "User ''{0}'' ({1}) can log in with the password {2}, which is shown only here; the user should change it."),
    USER_EXISTS(4011, Kind.CONFLICT, "There is a user ''{0}'' already; give another name, or delete that one first."),
    NO_USER(4012, Kind.NOT_FOUND, "There is no user ''{0}'' who can log in; hot-backup user list shows all."),
    USER_RESERVED(4013, Kind.BAD_INPUT, "''{0}'' is no name for a user of your own; give another one."),
    ROLES_UNUSABLE(
            4014, Kind.BAD_INPUT, "''{0}'' are not roles; give viewer, operator or admin, several divided by commas."),
    LAST_ADMIN(4015, Kind.CONFLICT, "''{0}'' is the last admin; make another user an admin first."),
    ROLES_SET(4016, Kind.INFORMATION, "User ''{0}'' now has the roles {1}, at once and on every surface."),
    PASSWORD_RENEWED(
            4017,
            Kind.INFORMATION,
            "User ''{0}'' has the new password {1}, which is shown only here; sessions with the old one are over."),
    PASSWORD_LENGTH(4018, Kind.BAD_INPUT, "The new password has {0} characters; give {1} to {2}."),
    PASSWORD_WRONG(
            4019, Kind.DENIED, "The old password is wrong, or was wrong too often just now; nothing was changed."),
    PASSWORD_CHANGED(
            4020,
            Kind.INFORMATION,
            "The password of user ''{0}'' is changed; log in again, sessions with the old one are over."),
    USER_DELETED(4021, Kind.INFORMATION, "User ''{0}'' is deleted and can do nothing any more: {1}"),
    ANOTHER_SITE(
            4022,
            Kind.DENIED,
            "The request was sent by a page of another site ({0}) and is refused; send it from a program or from this node''s own pages."),
    LOGINS_BUSY(4001, Kind.UNAVAILABLE, "Too many passwords are being checked; try again in a moment."),

    REQUEST_TOO_LARGE(1027, Kind.TOO_LARGE, "The request has more than {0} bytes; make it smaller or split it."),
    BUSY(
            1028,
            Kind.UNAVAILABLE,
            "The node is busy with other large requests; nothing was changed, try again in a moment."),

    FILE_NAME_IS_ITEM(
            1029,
            Kind.CONFLICT,
            "There is an item ''{0}'' in ''{1}'' where the D-pointer of the file belongs; delete the item, or choose another name."),
    ITEM_ID_IS_FILE(
            1030,
            Kind.CONFLICT,
            "''{0}'' in ''{1}'' is the name of a file; redefine the file to change its D-pointer, or choose another id."),
    STORE_UNREADABLE(
            1036,
            Kind.UNAVAILABLE,
            "File ''{0}'' could not be read from the store: {1}; see whether its disk has room, its database works, and try again."),

    SERVER_NAME_UNUSABLE(
            2001, Kind.BAD_INPUT, "''{0}'' cannot be a server name; give 1 to 8 letters, for example todev."),
    SETTING_OUT_OF_RANGE(2002, Kind.BAD_INPUT, "''{1}'' is not valid for {0}; give {2}."),
    SETTING_NOT_APPLICABLE(2003, Kind.BAD_INPUT, "{0} does not apply to a {1} server; leave it out."),
    SETTING_MISSING(2004, Kind.BAD_INPUT, "{0} is missing; give {1}."),
    NO_SERVER(2005, Kind.NOT_FOUND, "There is no server ''{0}'' on this node; see hot-backup servers, or set it up."),
    SERVER_EXISTS_RUNNING(2006, Kind.CONFLICT, "Server ''{0}'' is running; stop it before changing its setup."),
    WHICH_SERVER(
            2007,
            Kind.BAD_INPUT,
            "There are several servers ({0}); say which one with server=NAME, hot-backup servers lists them."),
    SLAVE_ONLY(2008, Kind.CONFLICT, "ERROR: This command applies only to Slave servers"),
    WAITING_TO_START(2009, Kind.INFORMATION, "Waiting for server ''{0}'' to start"),
    WAITING_TO_INITIALIZE(2010, Kind.INFORMATION, "Waiting for server ''{0}'' to initialize"),
    START_FAILED(2011, Kind.UNAVAILABLE, "FAILED: Server ''{0}'' encountered an error and stopped"),
    ALREADY_RUNNING(2012, Kind.CONFLICT, "WARNING: Server ''{0}'' is already running on PIB {1}"),
    NOT_ENQUEUED(2013, Kind.WARNING, "WARNING: Transaction are NOT enqueued"),
    QUEUE_HAS_GROWN(2014, Kind.WARNING, "WARNING: Transaction queue has grown to {0} frames"),
    CANNOT_CALL_HOST(2015, Kind.WARNING, "Cannot call host ''{0}''. Errno={1}"),
    SERVER_STARTED(2016, Kind.INFORMATION, "Server ''{0}'' started"),
    SERVER_STOPPED(2017, Kind.INFORMATION, "Server ''{0}'' stopped"),
    SERVER_NOT_RUNNING(2018, Kind.CONFLICT, "Server ''{0}'' is not running; start it first."),
    SERVER_SET_UP(2019, Kind.INFORMATION, "Server ''{0}'' is set up"),
    SERVER_DELETED(2020, Kind.INFORMATION, "Server ''{0}'' is deleted"),
    CONNECTED(2021, Kind.INFORMATION, "Connected to {0}"),
    LINK_DOWN(2022, Kind.WARNING, "The link to {0} is down: {1}; calling again"),
    REFUSED_ANOTHER_MASTER(
            2023,
            Kind.REFUSAL,
            "Refused: this slave server belongs to master {0}, not to {1}; delete and set up the slave server to give it a new master"),
    REFUSED_POSITION_BEHIND(
            2024,
            Kind.REFUSAL,
            "Refused: the slave stands at transaction {0} (LSN {1}), but the queue begins after LSN {2}; what lies between was cleared or never enqueued, resynchronise the slave: stop and delete both servers of the pair, set them up again, start them, then hot-backup resync"),
    REFUSED_POSITION_AHEAD(
            2025,
            Kind.REFUSAL,
            "Refused: the slave stands at LSN {0}, ahead of this master''s LSN {1}; the master was restored from an older copy: to keep what only the slave has, promote the slave and rejoin the master; to give that up, resynchronise the slave: stop and delete both servers of the pair, set them up again, start them, then hot-backup resync"),
    REFUSED_UNKNOWN_HISTORY(
            2026,
            Kind.REFUSAL,
            "Refused: the slave holds the image of another history ({0}) than this master''s ({1}); resynchronise the slave: stop and delete both servers of the pair, set them up again, start them, then hot-backup resync"),
    REFUSED_VERSION(
            2027, Kind.REFUSAL, "Refused: protocol version {0} is not spoken here, only {1}; upgrade the older node"),
    REFUSED_GAP(2029, Kind.REFUSAL, "Refused: transaction {0} follows transaction {1}; the conversation starts again"),
    BAD_NETWORK_MESSAGE(2030, Kind.WARNING, "Bad network message: {0}"),
    WRITE_TIME_OUT(
            2031,
            Kind.WARNING,
            "No data was taken by the other side for {0} seconds; the connection is shut down and restarted"),
    NO_ANSWER(
            2032,
            Kind.WARNING,
            "The other side has not answered for {0} seconds; the connection is shut down and restarted"),
    TRANSACTION_BLOCKED(2033, Kind.WARNING, "Transaction {0} cannot be applied now: {1}; it is tried again"),
    TRANSACTION_LOST_AND_FOUND(2034, Kind.WARNING, "Transaction {0} went to lost+found: {1}"),
    NO_STATISTICS(
            2035,
            Kind.UNAVAILABLE,
            "The slave has not answered the request for statistics; both servers must run, try again"),
    CONFIRM_BY_NAME(2036, Kind.BAD_INPUT, "To confirm, give the name ''{0}''; ''{1}'' was given and nothing was done."),
    QUEUE_UNAVAILABLE(2037, Kind.UNAVAILABLE, "The transaction log queue does not answer: {0}."),
    BIND_FAILED(
            2038,
            Kind.UNAVAILABLE,
            "BIND: TCP port {0} cannot be listened on: {1}; stop what uses it, change the port on BOTH sides, or mend hotbackup.link.bind if the address is not of this machine"),
    NO_TRUSTED_PEER(
            2039, Kind.UNAVAILABLE, "No peer is trusted yet; give the other node''s certificate with hot-backup trust"),
    NO_SERVER_AT_ALL(
            2043,
            Kind.NOT_FOUND,
            "There is no server on this node yet; make one with hot-backup setup server=NAME type=..."),
    SERVER_STOPPING(2044, Kind.INFORMATION, "Server ''{0}'' is still ending its last transaction; see its status"),
    MASTER_ONLY(2045, Kind.CONFLICT, "ERROR: This command applies only to Master servers"),
    SLAVE_REFUSED(2042, Kind.REFUSAL, "The slave says: {0}"),
    SETTING_UNKNOWN(
            2041,
            Kind.BAD_INPUT,
            "''{0}'' is not a setting; write key=value with one of {1}, values with blanks in double quotes."),
    MASTER_REFUSED(2060, Kind.REFUSAL, "The master says: {0}"),
    REFUSED_POSITION_UNKNOWN(
            2061,
            Kind.REFUSAL,
            "Refused: the slave stands at transaction {0} (LSN {1}), which this master''s log does not know; one of them was restored from an older copy. If it was the master, promote the slave and rejoin the master, to keep what only the slave has; if it was the slave, resynchronise the slave: stop and delete both servers of the pair, set them up again, start them, then hot-backup resync"),
    CONVERSATION_OVER(2062, Kind.INFORMATION, "The slave does not know this conversation; it begins again"),
    SLAVE_CALLS_FOR_REPEAT(2063, Kind.WARNING, "The slave says: {0}"),
    REFUSED_BAD_FRAME(2064, Kind.REFUSAL, "Refused: {0}; the conversation starts again"),
    NODE_KEY_UNUSABLE(
            2050,
            Kind.UNAVAILABLE,
            "The node''s own key in ''{0}'' cannot be used: {1}; restore its keys folder and hotbackup.keys.password from a copy, or make the node anew."),
    CALLER_REFUSED(
            2051,
            Kind.REFUSAL,
            "A call from {0} was refused because it shows no certificate that is trusted here ({1}); trust it with hot-backup trust, or find out who calls"),
    CALLER_HUNG_UP(
            2052,
            Kind.REFUSAL,
            "A call from {0} ended in its first moment because the caller does not trust this node''s certificate ({1}); trust it there with hot-backup trust"),

    REMOVED_FROM_THE_WAY(2080, Kind.WARNING, "Item ''{0}'' stood in ''{1}'' where a D-pointer belongs; it was removed"),
    CORRELATIVE_REMOVED(2081, Kind.WARNING, "Correlative ''{0}'' of ''{1}'' refers to nothing here; it was removed"),
    MORE_LOST_AND_FOUND(2082, Kind.WARNING, "{0} more transactions went to lost+found with transaction {1}"),
    APPLYING_STOPPED(
            2083, Kind.WARNING, "Updates are received and kept in hb.log,apply, but NOT applied; {0} are pending"),
    APPLYING_STARTED(2084, Kind.INFORMATION, "Updates are applied; {0} pending updates come first"),
    PENDING_APPLIED(2085, Kind.INFORMATION, "All pending updates are applied; new ones are applied as they arrive"),
    NOTHING_AT_HEAD(
            2086, Kind.CONFLICT, "No transaction is blocked at server ''{0}''; nothing was sent to lost+found."),
    HEAD_IS_ANOTHER(
            2087,
            Kind.CONFLICT,
            "The blocked transaction is {0}, not {1}; look at it with hot-backup head and give its number."),
    HEAD_GOES_TO_LOST_AND_FOUND(2088, Kind.INFORMATION, "Transaction {0} goes to lost+found at the next attempt"),
    NO_LOST_ITEM(2089, Kind.NOT_FOUND, "There is no ''{0}'' in lost+found; see hot-backup lost-and-found list."),
    NOT_A_TRANSACTION(
            2090, Kind.CONFLICT, "''{0}'' holds no transaction that could be tried again, only what was removed."),
    OLDER_FIRST(2091, Kind.CONFLICT, "''{0}'' touches the same items and is older; replay or discard that one first."),
    CANNOT_BE_REPLAYED(2092, Kind.CONFLICT, "It still cannot be performed: {0}"),
    REPLAYED(2093, Kind.INFORMATION, "''{0}'' is replayed and no longer in lost+found"),
    DISCARDED(2094, Kind.WARNING, "''{0}'' is discarded from lost+found: {1}"),
    HELPER_DIED(2095, Kind.WARNING, "The helper for ''{0}'' died ({1}); it is started again"),
    FILES_CLOSED(2096, Kind.INFORMATION, "{0} opened files are closed; they are opened again when they are accessed"),
    REFUSED_CIRCLE(
            2099,
            Kind.REFUSAL,
            "Refused: master server ''{0}'' of node {1} passes on updates of the very node that slave server ''{2}'' runs on ({3}); log slave update must not close a circle: turn it off on one node of it, and then, while nobody updates this node and all that was has arrived, stop and delete both of these servers, whose queue still holds those updates, set them up again, start them, then hot-backup resync"),
    LOG_SLAVE_UPDATE_WITH_GAP(
            2290,
            Kind.WARNING,
            "Server ''{0}'' is set up; updates that were applied here without log slave update were not logged, so every slave of this node is refused; resynchronise each: stop and delete both servers of a pair, set them up again, start them, then hot-backup resync. One whose own updates arrive here stays refused (HB2099): then turn log slave update off again"),
    UPSTREAM_UNREADABLE(
            2291,
            Kind.WARNING,
            "Item ''{0}'' of dm,hb.log,upstream could not be read and is made anew: whose updates came through server ''{0}'' is not known, so a slave that does not have all of them yet is refused (HB2292); start server ''{0}'', so that its master says it anew, and resynchronise each slave that is refused still"),
    NODE_SETTING_UNKNOWN(3142, Kind.BAD_INPUT, "''{0}'' in {1} is no setting that belongs there; these do: {2}."),
    NODE_SETTING_MALFORMED(3143, Kind.BAD_INPUT, "''{0}'' in {1} is no value of {2}; give {3}."),
    /** The value is not repeated: it goes into logs. */
    STORE_URL_WITH_PASSWORD(
            4040,
            Kind.BAD_INPUT,
            "{1} in {0} has a password in it; take user and password out of the URL, and give them as {2} in node.properties and {3} in secrets.properties."),
    NODE_SETTING_MISSING(3144, Kind.BAD_INPUT, "{0} is missing in {1}; give {2}."),
    HELPER_TASK_UNREADABLE(
            3141,
            Kind.WARNING,
            "Item ''{0}'' of dm,jobs (hb*server*file number) could not be read and is left alone: what a helper had to do to that file is not done, and updates that it held are not applied; on the master run hot-backup verify start, then hot-backup repair"),
    REFUSED_UPSTREAM_UNKNOWN(
            2292,
            Kind.REFUSAL,
            "Refused: it is not known whose updates the log of master node {0} holds after LSN {1} (see HB2291 in the permanent log there), and the slave might get its own back; start the slave servers of that node, so that their masters say it anew; if it is refused still, stop and delete both servers of this pair, set them up again, start them, then hot-backup resync"),
    DELAYED_BLOCKED(2098, Kind.WARNING, "The pending updates cannot be applied now: {0}; they are tried again"),
    HELPER_AT_WORK(
            2250,
            Kind.CONFLICT,
            "''{0}'' is being cleared by a helper of server {1}; nothing was changed, try again when it is done."),
    DELAYED_DROPPED(
            2251,
            Kind.WARNING,
            "Server ''{0}'' is deleted, and with it {1} transactions that it had received and not applied."),
    PEER_NAME_TAKEN(
            3050,
            Kind.CONFLICT,
            "Another node is trusted as ''{0}''; remove that one first with hot-backup trust --remove {0}, or give the file with the new certificate another name."),
    FILE_UNWRITABLE(3051, Kind.UNAVAILABLE, "''{0}'' cannot be written: {1}."),
    ARGUMENT_TOO_LONG(3052, Kind.BAD_INPUT, "An argument has {0} characters; {1} are the most."),
    ARGUMENT_NOT_TEXT(
            3056,
            Kind.BAD_INPUT,
            "''{0}'' has bytes that are no characters of this locale; give it as such, with LC_ALL=C.UTF-8 as UTF-8."),
    NO_LONGER_THERE(3053, Kind.NOT_FOUND, "{0} is not there any more."),
    REASON_MISSING(2097, Kind.BAD_INPUT, "Say why: the reason stands in the permanent log."),
    LOGGED_ALREADY(
            2070,
            Kind.CONFLICT,
            "Something of this transaction is to be logged already; exclude a transaction before its first update."),
    DL_FILES_LOGGED(2071, Kind.INFORMATION, "DL files logged, after LSN {0}"),
    ALL_FILES_LOGGED(2072, Kind.INFORMATION, "ALL files logged, after LSN {0}"),
    ENQUEUING_STOPPED(
            2073,
            Kind.WARNING,
            "File updates no longer enqueued, after LSN {0}; what is updated from now on is never sent to a slave"),
    ENQUEUING_STARTED(
            2074,
            Kind.INFORMATION,
            "File updates enqueued for all processes, after LSN {0}; nothing was missed, slaves go on"),
    ENQUEUING_STARTED_WITH_GAP(
            2075,
            Kind.WARNING,
            "File updates enqueued for all processes, after LSN {0}; updates were missed meanwhile, so every slave is refused; resynchronise each: stop and delete both servers of a pair, set them up again, start them, then hot-backup resync"),
    QUEUE_CLEARED(
            2076,
            Kind.WARNING,
            "The transaction log queue is cleared up to LSN {0}; every slave that had not acknowledged all of it is refused; resynchronise it: stop and delete both servers of a pair, set them up again, start them, then hot-backup resync"),
    LOGGED_AT_START(2077, Kind.INFORMATION, "{0} files logged; file updates enqueued for all processes"),
    NOT_ENQUEUED_AT_START(
            2078, Kind.WARNING, "{0} files logged; file updates no longer enqueued, as hot-backup log stop asked for"),
    SWITCHED_ALREADY(2079, Kind.CONFLICT, "{0} already; nothing was changed."),
    LOG_TIME_UNREADABLE(
            2100,
            Kind.BAD_INPUT,
            "''{0}'' is not a date or time; write for example 2026-11-21, 10:15 or 2026-11-21T10:15:30, all in UTC."),
    LOG_CLEAR_WHAT(
            2101,
            Kind.BAD_INPUT,
            "''{0}'' cannot be cleared from the permanent log; give all, week (older than one week) or month (older than one month)."),
    LOG_CLEARED(2102, Kind.INFORMATION, "The permanent log was cleared ({1}): {0} messages deleted"),
    WATCH_AS_NOBODY(
            2104, Kind.BAD_INPUT, "''{0}'' is neither a user nor a port; give for example bob, or !0 for port 0."),
    ADDRESS_UNUSABLE(
            2105,
            Kind.BAD_INPUT,
            "What was given for user ''{0}'' is not an address for notices; give one of mail such as bob@example.com, or an http: or https: address without user and password."),
    ADDRESS_SET(2106, Kind.INFORMATION, "Notices for user ''{0}'' go to {1}"),
    ADDRESS_REMOVED(2107, Kind.INFORMATION, "Notices for user ''{0}'' go to terminals only"),
    NOTICES_NOT_DELIVERED(
            2108,
            Kind.WARNING,
            "Notices for user ''{0}'' cannot be delivered to {1}: {2}; they are tried again, this is not said again"),
    NOTICES_DELIVERED_AGAIN(2109, Kind.INFORMATION, "Notices for user ''{0}'' are delivered to {1} again"),
    NOTICES_LEFT_OUT(
            2113,
            Kind.WARNING,
            "More than {0} notices wait to be delivered; later ones are not sent, see the permanent log for all"),
    TRACES_ON(
            2111,
            Kind.INFORMATION,
            "Traces of server ''{0}'' are on; they slow it considerably, turn them off when you have seen enough"),
    TRACES_OFF(2112, Kind.INFORMATION, "Traces of server ''{0}'' are off"),
    USER_NAME_UNUSABLE(
            2110,
            Kind.BAD_INPUT,
            "''{0}'' cannot be the name of a user; give 1 to 50 characters without blanks, commas and quotes that do not begin with !."),
    /** HB-151: memory of the JVM or of the system ran out; the conversation begins again. */
    MALLOC_ERROR(2170, Kind.INTERNAL, "malloc error. err={0}"),
    /** HB-146: there is no thread for it. */
    CANNOT_START_PHANTOM(2171, Kind.UNAVAILABLE, "FAILED: Cannot start phantom process"),
    /** HB-141: the record says that it runs, and it does not. */
    NOT_A_PHANTOM(2172, Kind.CONFLICT, "Not a phantom. Running on PIB {0}. PID {1}"),
    /** HB-142: spelled as in the manual. */
    TERMINATED_ABNORMALLY(2173, Kind.WARNING, "Terminated abormally"),
    /** HB-143: what follows comes from that server. */
    NOTICE_FROM_SERVER(2174, Kind.INFORMATION, "Notice from server ''{0}''"),
    /** HB-152: the system gives no socket, mostly because too many files are open. */
    SOCKET_CREATION_FAILED(2175, Kind.UNAVAILABLE, "socket creation failed"),
    /**
     * HB-154: which file has a record that cannot be read. Log entries and frames carry each file's path, so an update of it
     * reaches its items; they are shown in {@code dm,hb.missing} until the record is repaired.
     */
    CANNOT_READ_FOF_ITEM(2176, Kind.WARNING, "Cannot read FOF item ''{0}''"),
    /** HB-016: a save can be made. */
    DATABASE_RESTS(2330, Kind.INFORMATION, "Server ''{0}'' changes nothing in the database: it rests"),
    DATABASE_DOES_NOT_REST(
            2331,
            Kind.INFORMATION,
            "The database does not rest yet, {0}; ask with hot-backup query server={1} until it rests"),
    APPLIES_AS_THEY_ARRIVE(2332, Kind.INFORMATION, "Updates are applied as they arrive"),
    SERVER_UNUSABLE(
            2177,
            Kind.CONFLICT,
            "Server ''{0}'' cannot be used, its record in dm,hb.log is corrupt: {1} Delete the record with hot-backup delete hb.log {0} and set the server up again."),
    RECORD_DELETED(
            2178,
            Kind.INFORMATION,
            "The record ''{0}'' of dm,hb.log is deleted; if it was a server''s, set it up again"),
    CANNOT_INITIALIZE(2179, Kind.UNAVAILABLE, "Server ''{0}'' cannot be initialized: {1}"),
    PROTOCOL_FIXED(2180, Kind.BAD_INPUT, "The protocol is inet and cannot be modified; leave it out."),
    VERIFY_STARTED(2130, Kind.INFORMATION, "Server ''{0}'' begins to compare its files with the slave''s"),
    VERIFY_RUNNING(
            2131,
            Kind.CONFLICT,
            "Server ''{0}'' is comparing or repairing already; see its verify status, or stop it."),
    VERIFY_NOT_RUNNING(
            2132, Kind.CONFLICT, "Server ''{0}'' is not comparing anything; start it with hot-backup verify."),
    VERIFY_STOPPED(2133, Kind.INFORMATION, "Server ''{0}'' stopped comparing; what was found is kept"),
    VERIFY_EQUAL(2134, Kind.INFORMATION, "Master and slave are equal: {0} files, proved as of LSN {1}"),
    VERIFY_DIFFERENT(
            2135,
            Kind.WARNING,
            "The slave is not equal to the master: {0} files, {1} items differ; see hot-backup verify differences, then repair"),
    VERIFY_FILE_DIFFERS(
            2136, Kind.WARNING, "The slave''s file ''{0}'' differs in {1} items from the master''s, first ''{2}''"),
    VERIFY_FILE_MISSING(2137, Kind.WARNING, "The slave has no file ''{0}''"),
    NOTHING_TO_REPAIR(
            2138,
            Kind.CONFLICT,
            "Server ''{0}'' knows of nothing that differs; compare the files with hot-backup verify first."),
    REPAIR_STARTED(2139, Kind.INFORMATION, "Server ''{0}'' begins to send what differs once more: {1} files"),
    REPAIR_SENT(2140, Kind.INFORMATION, "What differed was sent once more, {0} items; the files are compared again"),
    FILE_NOT_SETTLED(
            2245,
            Kind.UNAVAILABLE,
            "A helper is still at work on file ''{0}''; it is compared and sent when the helper is done."),
    SLAVE_NOT_SETTLED(
            2247,
            Kind.UNAVAILABLE,
            "The slave has not settled file ''{0}'' yet: a helper is at work on it, or updates are received and not applied; it is compared again later."),
    RANGE_FAILED(
            2246,
            Kind.UNAVAILABLE,
            "The store could not be read or written ({0}); comparing goes on when it can be, nothing counts as equal before."),

    NO_FIGURE(4150, Kind.BAD_INPUT, "''{0}'' is not sampled; give one of {1}."),
    CAUSE_DISK_FULL(
            4151,
            Kind.FULL,
            "Updates are refused: the disk of the store has {0} MB left, and {1} MB are kept in reserve"),
    CAUSE_DISK_LOW(
            4152, Kind.WARNING, "The disk of the store has {0} MB left; with less than {1} MB updates are refused"),
    CAUSE_LOG_FULL(
            4153,
            Kind.FULL,
            "Updates are refused: as many of them wait to be handed to the transaction log queue as there is room for"),
    CAUSE_LOG_FILLING(
            4154,
            Kind.WARNING,
            "{0} % of the room is taken where updates wait to be handed to the transaction log queue"),
    CAUSE_STUCK(4155, Kind.INTERNAL, "''{0}'' of this node has not moved for {1} seconds"),
    CAUSE_NOT_ENQUEUED(4156, Kind.WARNING, "Enqueuing is stopped: what users update from now on never reaches a slave"),
    CAUSE_UPDATES_MISSED(
            4157, Kind.WARNING, "Updates were made and not enqueued: every slave of this node has to be made anew"),
    CAUSE_NOTHING_LOGGED(
            4158,
            Kind.INFORMATION,
            "None of the updates was logged: only files with the letter L in their D-pointer are (DL)"),
    CAUSE_NOT_RUNNING(4159, Kind.UNAVAILABLE, "Server ''{0}'' was started and does not run"),
    CAUSE_STOPPED(4160, Kind.WARNING, "Server ''{0}'' is stopped"),
    CAUSE_SLAVE_UNREACHABLE(4161, Kind.UNAVAILABLE, "Server ''{0}'' has not reached its slave at {1} for {2} seconds"),
    CAUSE_NO_CALL(4162, Kind.WARNING, "No master has called slave server ''{0}'' (port {1}) for {2} seconds"),
    CAUSE_PORT_TAKEN(4163, Kind.UNAVAILABLE, "Slave server ''{0}'' cannot listen on port {1}"),
    CAUSE_PEER_UNTRUSTED(
            4164,
            Kind.UNAVAILABLE,
            "Server ''{0}'' and its peer at {1} do not trust each other''s certificates, or one of them has ended"),
    CAUSE_SLAVE_MISSES(
            4165, Kind.WARNING, "The slave of server ''{0}'' misses updates that are no longer in its queue"),
    CAUSE_BEHIND(4166, Kind.WARNING, "The slave of server ''{0}'' is {1} seconds and {2} transactions behind"),
    CAUSE_CERTIFICATE_ENDED(4167, Kind.UNAVAILABLE, "The certificate of {0} ended on {1}: nobody lets it in"),
    CAUSE_CERTIFICATE_ENDS(4168, Kind.WARNING, "The certificate of {0} ends on {1}"),
    CAUSE_SUPERSEDED(4169, Kind.WARNING, "This node is no master any more and takes no updates, {0}"),
    CAUSE_CLOSED(4170, Kind.INFORMATION, "This node takes no updates of users, {0}"),
    CAUSE_LOST_AND_FOUND(4171, Kind.WARNING, "{0} transactions could not be performed here and lie in lost+found"),
    CAUSE_DIFFERENT(4172, Kind.WARNING, "{0} files of the slave of server ''{1}'' were found to be different"),
    CAUSE_CLOCK_SET(4173, Kind.WARNING, "The clock of this machine was set by {0} seconds at {1}: times and lags jump"),
    CAUSE_FILES_FAILED(4174, Kind.WARNING, "{1} file(s) failed to open at slave server ''{0}''"),
    CAUSE_NOT_APPLYING(4175, Kind.WARNING, "Slave server ''{0}'' does not apply updates; {1} are pending"),
    CAUSE_BLOCKED(
            4176,
            Kind.WARNING,
            "Slave server ''{0}'' cannot apply transaction {1} now, and those behind it wait; if what is in the way does not go away, hot-backup set-aside --transaction {1} puts it into lost+found"),
    OPERATIONS_UNFINISHED(
            4178,
            Kind.UNAVAILABLE,
            "Nothing was done: {0} operations of this node are not over yet; see hot-backup tasks list and try again when some are."),
    NO_THREAD(4179, Kind.UNAVAILABLE, "Nothing was done: this node is stopping; try again when it has started."),
    READ_AS_A_WHOLE(4149, Kind.UNAVAILABLE, "{0} is being read as a whole for others already; try again in a moment."),
    NOTHING_WRONG(4177, Kind.INFORMATION, "Nothing is wrong with node ''{0}''"),

    INSECURE_LINK(
            2120,
            Kind.WARNING,
            "The link of server ''{0}'' is INSECURE, without encryption and certificates (insecure=on): for tests on this machine only"),
    INSECURE_NOT_LOOPBACK(
            2121,
            Kind.BAD_INPUT,
            "An insecure link is refused: ''{0}'' is not this machine; use 127.0.0.1 on both sides, or insecure=off."),
    CALLER_WITHOUT_TLS(
            2122,
            Kind.REFUSAL,
            "A call from {0} was refused because it does not shake hands as TLS 1.3 asks ({1}); find out who calls"),
    CALLER_TOO_SLOW(
            2123,
            Kind.REFUSAL,
            "A call from {0} was ended because it did not show within {1} seconds who it is; find out who calls"),
    TOO_MANY_CALLERS(
            2124,
            Kind.REFUSAL,
            "A call from {0} was turned away because more than {1} came at once; find out who calls so often"),
    PACKET_TOO_LARGE(
            2125,
            Kind.REFUSAL,
            "The connection of {0} was ended because it announced more than {1} bytes at once; find out what runs there"),
    MESSAGE_IGNORED(
            2126,
            Kind.WARNING,
            "A message on the link was ignored, as will be others like it: {0}; find out who sent it"),

    FINGERPRINT_DIFFERS(
            2127,
            Kind.BAD_INPUT,
            "The certificate''s fingerprint is {0}, not {1}; nothing was trusted, find out whose certificate it is."),
    PEER_UNKNOWN(
            2128,
            Kind.NOT_FOUND,
            "There is no ''{0}'' among the peers that node ''{1}'' trusts; see hot-backup trust --list."),
    REFUSED_REPLAY(
            2129,
            Kind.REFUSAL,
            "Refused: a conversation of master server ''{0}'' that was begun already is begun again; nothing of it is applied, find out what repeats it"),
    REFUSED_FALSE_NODE(
            2225,
            Kind.REFUSAL,
            "Refused: who calls says it is node {0}, but its certificate is that of {1}; find out who it is, or give it a new key with hot-backup node renew-key and trust that"),
    FRAME_OF_ANOTHER_NODE(
            2226,
            Kind.REFUSAL,
            "Refused: a message in the conversation of master {0} came from {1}; it was ignored, find out what runs there"),
    NODE_TRUSTED_ALREADY(
            2227,
            Kind.CONFLICT,
            "Node {0} is trusted already as ''{1}''; trust its new certificate under that name, or remove that one first."),
    LOG_NOT_HANDED_ON(
            2228,
            Kind.UNAVAILABLE,
            "Committed updates are not handed to the transaction log queue; they wait in the store and are tried again until it takes them: {0}"),
    LOG_HANDED_ON(2229, Kind.INFORMATION, "Committed updates are handed to the transaction log queue again"),
    STORE_LOCK_LOST(
            2230,
            Kind.UNAVAILABLE,
            "Updates are refused because the connection was lost that keeps the store from being opened twice; it is tried again until it is there: {0}"),
    STORE_LOCK_BACK(2231, Kind.INFORMATION, "The store is this node''s own again; updates are taken"),
    SETUP_NEEDS_SETTINGS(
            2232,
            Kind.BAD_INPUT,
            "Nothing says what to set up; give settings as key=value words, or run hot-backup setup at a terminal to be asked for them."),
    SETUP_ABANDONED(3040, Kind.CONFLICT, "The setup was abandoned; nothing was changed."),
    DEBUGGER_NOT_LOOPBACK(
            2233,
            Kind.BAD_INPUT,
            "''{0}'' is no port for a debugger; it can do everything in a node without a password, so it is let in from this machine only: give --debug=PORT or --debug=127.0.0.1:PORT."),
    NO_DEBUGGER(
            2234,
            Kind.CONFLICT,
            "Node ''{0}'' listens for no debugger; for tests, start it with hot-backup node start {0} --debug."),
    DEBUGGER_IS_AT(
            3041, Kind.INFORMATION, "Server ''{0}'': attach a Java debugger (JDWP) to {1}; its thread is ''{2}''"),

    REFUSED_EPOCH(
            2200,
            Kind.REFUSAL,
            "Refused: master {0} is of epoch {1} and this node of epoch {2}; another node was promoted since, rejoin the old master as a slave"),
    REFUSED_PROMOTED(
            2201,
            Kind.REFUSAL,
            "Refused: this slave server was promoted, node {0} is of epoch {1} after transaction {2}; rejoin the old master as a slave"),
    PROMOTION_UNDER_WAY(2202, Kind.REFUSAL, "Refused: slave server ''{0}'' is being promoted"),
    PROMOTED(
            2203,
            Kind.WARNING,
            "Slave server ''{0}'' is promoted: epoch {1}, after transaction {2} (LSN {3}) of its old master; this node is open for updates"),
    PROMOTION_GIVEN_UP(
            2204, Kind.UNAVAILABLE, "Slave server ''{0}'' is not promoted and goes on as a slave, because {1}"),
    PROMOTION_BEGUN(2205, Kind.WARNING, "User ''{1}'' promotes slave server ''{0}'': {2}"),
    PROMOTED_ALREADY(
            2206,
            Kind.CONFLICT,
            "Slave server ''{0}'' was promoted already, in epoch {1}; to make it a slave again delete it and set it up anew."),
    NOTHING_TO_PROMOTE(
            2207,
            Kind.CONFLICT,
            "Slave server ''{0}'' has never applied anything of a master; there is nothing to promote."),
    MASTER_CONNECTED(
            2208,
            Kind.CONFLICT,
            "The master of slave server ''{0}'' is connected ({1}); stop the master server there first, or stop this slave server."),
    SUPERSEDED(
            2209,
            Kind.REFUSAL,
            "Node {0} was promoted in epoch {1} after transaction {2} (LSN {3}) of this master, which is superseded: this node is closed for updates, bring it back as a slave with hot-backup rejoin"),
    CLOSED_FOR_UPDATES(
            2210,
            Kind.CONFLICT,
            "This node is closed for updates, {0}; nothing was changed. An admin opens it with hot-backup updates open."),
    UPDATES_CLOSED(2211, Kind.WARNING, "Node ''{0}'' is closed for updates, {1}"),
    UPDATES_OPENED(2212, Kind.WARNING, "Node ''{0}'' is opened for updates by {1}: {2}"),
    NOT_SUPERSEDED(
            2213,
            Kind.CONFLICT,
            "No promoted slave has told master server ''{0}'' that it is superseded; start it, so that it calls its slave."),
    REJOIN_ENTRIES_MISSING(
            2214,
            Kind.WARNING,
            "Updates of this node are missing in the queue of server ''{0}'' ({1}); they cannot be listed or kept, hot-backup resync on the new master finds what differs"),
    REJOIN_OF_OLDER_COPY(
            2341,
            Kind.WARNING,
            "This node was restored from an older copy: all that the queue of server ''{0}'' holds is listed and kept, and node {1} may have the first of it; compare each with the item there before it is entered again"),
    REJOINED(
            2215,
            Kind.WARNING,
            "Server ''{0}'' is a slave server of node {1} on port {2} from now on; what the new master does not have: {3}"),
    RESYNC_STARTED(
            2216,
            Kind.INFORMATION,
            "Server ''{0}'' begins to make its slave equal: it compares, repairs and compares again"),
    RESYNC_GIVEN_UP(
            2217,
            Kind.WARNING,
            "The slave is not equal to the master after {0} repairs; see hot-backup verify differences, then resync again"),
    REJOIN_STOPS(
            2218,
            Kind.UNAVAILABLE,
            "Server ''{0}'' is still ending its last transaction; rejoin it when it has stopped."),
    UPDATES_ALREADY(2219, Kind.CONFLICT, "Node ''{0}'' is {1} for updates already; nothing was changed."),
    NO_QUEUE_ENTRY(
            2323,
            Kind.NOT_FOUND,
            "There is no entry {0} in the queue of server ''{1}'' (any more); what was acknowledged is removed, list the queue again."),
    NO_SUCH_OPERATION(2324, Kind.BAD_INPUT, "''{0}'' is no operation; give one of {1}, or none for all."),
    LOST_ITEM_WITHOUT_TURN(
            2240,
            Kind.CONFLICT,
            "It is not known what was updated since ''{0}'' came into lost+found; export it, do by hand what it holds, then discard it."),
    RECORD_NOT_WRITTEN(
            2252,
            Kind.UNAVAILABLE,
            "The record of server ''{0}'' cannot be written now and is tried again each second: {1}"),
    VERIFY_RECORD_UNREADABLE(
            2255,
            Kind.WARNING,
            "Item ''{0}'' of hb.log,verify cannot be read and is deleted; compare the files of server ''{1}'' again"),
    VERIFY_NOT_RESUMED(
            2256,
            Kind.UNAVAILABLE,
            "Comparing the files of server ''{0}'' is not gone on with ({1}); start it again with hot-backup verify"),
    VERIFY_WAITS(
            2258,
            Kind.UNAVAILABLE,
            "The slave of server ''{0}'' acknowledges nothing now; see hot-backup status server={0}"),
    LOG_SHORTENED(
            2259, Kind.INFORMATION, "The oldest messages of the permanent log are deleted; the latest {0} are kept"),
    TYPE_IS_FIXED(
            2254,
            Kind.CONFLICT,
            "Server ''{0}'' is a {1} server and stays one; nothing was changed. Delete it first, with what is in its queue or pending, or set up a server of another name."),
    APPLIES_AGAIN(2253, Kind.INFORMATION, "Updates are applied again; everything up to transaction {0} is done"),

    FILES_UNREADABLE(
            2260,
            Kind.CONFLICT,
            "File-of-files cannot be read at number {0}, so nobody knows what the slave has too much; rebuild these records first, what is missing is in dm,hb.missing."),

    SLAVE_CANNOT_ANSWER(
            2261, Kind.UNAVAILABLE, "Slave server ''{0}'' cannot answer its master now and tries again: {1}"),
    OLD_MASTER_NOT_TOLD(
            2280,
            Kind.WARNING,
            "The old master is NOT told and stays open for updates: promoted slave server ''{0}'' cannot listen ({1}); it is tried again each second, stop what is in the way, or close the old master by hand"),
    OLD_MASTER_CAN_CALL(
            2281, Kind.INFORMATION, "Promoted slave server ''{0}'' listens: its old master is told when it calls"),
    LINK_REFUSED(
            2282,
            Kind.CONFLICT,
            "Server ''{0}'' is refused, so nothing can be compared or sent. Begin anew: on the slave''s node ({1}) hot-backup stop, delete, setup and start the slave server on port {2}; on this node stop server={0}, delete server={0} --confirm {0} --reason TEXT, setup server={0} type=master host={1} port={2} (and what else hot-backup show says now), start server={0}, then resync server={0} --confirm {0} --reason TEXT. {3}"),
    REJOIN_PORT_TAKEN(
            2283,
            Kind.CONFLICT,
            "Server ''{0}'' is not brought back and nothing was changed: {1}; give a port that is free."),
    REJOINED_NOT_STARTED(
            2284,
            Kind.WARNING,
            "Server ''{0}'' is a slave server of node {1} now, but does not listen yet: {2}; ask for the same rejoin once more, with a port that is free"),
    REJOINED_ALREADY(
            2285,
            Kind.CONFLICT,
            "Server ''{0}'' has been brought back: it is a slave server of node {1} and listens on port {2}. What is left, on that node: set up and start a master server that calls this port, then hot-backup resync"),
    PROMOTION_IS_OVER(
            2286,
            Kind.INFORMATION,
            "Promoted slave server ''{0}'' is deleted: its old master, node {1}, is the master again"),
    WHOLLY_OVERTAKEN(
            2287,
            Kind.CONFLICT,
            "All that ''{0}'' would do was overtaken: what it touches was updated since. Export it if you still need what it"
                    + " holds, then discard it."),
    REPLAYED_IN_PART(
            2288,
            Kind.WARNING,
            "''{0}'' is replayed but for {1} of {2} updates, for what they touch was updated since. It stays in lost+found:"
                    + " export it if you still need what they hold, then discard it."),
    UPDATES_OPENED_BESIDE(
            2289,
            Kind.WARNING,
            "Node ''{0}'' is opened for updates by {1}. Node {2} took its place in epoch {3}: what users write here does"
                    + " not reach that one. Close it again with hot-backup updates close, or bring it back with hot-backup"
                    + " rejoin."),
    REJOIN_LEAVES(
            2340,
            Kind.WARNING,
            "Server ''{0}'': of what the new master does not have, {2} accounts or files stay here, first {1}: they hold more"
                    + " than the transactions which it does not have. Delete them if they are not needed."),
    QUEUE_EMPTIED(2270, Kind.WARNING, "The server begins anew with an empty transaction log queue: {0}"),

    /** What stands beside the message of a destructive operation: who asked for it and why. */
    DELETE_REASON(2400, Kind.INFORMATION, "User ''{0}'' had server ''{2}'' deleted: {1}"),
    DELETE_RECORD_REASON(2401, Kind.INFORMATION, "User ''{0}'' had the record ''{2}'' of dm,hb.log deleted: {1}"),
    SET_ASIDE_REASON(2402, Kind.INFORMATION, "User ''{0}'' had transaction {2} put into lost+found: {1}"),
    REJOIN_REASON(2403, Kind.INFORMATION, "User ''{0}'' had server ''{2}'' brought back as a slave server: {1}"),
    REPAIR_REASON(2404, Kind.INFORMATION, "User ''{0}'' has what differs sent to the slave once more: {1}"),
    RESYNC_REASON(2405, Kind.INFORMATION, "User ''{0}'' has the slave made equal: {1}"),
    STOP_ENQUEUING_REASON(2406, Kind.INFORMATION, "User ''{0}'' stopped enqueuing: {1}"),
    CLEAR_QUEUE_REASON(2407, Kind.INFORMATION, "User ''{0}'' cleared the transaction log queue: {1}"),
    CLEAR_LOG_REASON(2408, Kind.INFORMATION, "User ''{0}'' cleared the permanent log ({2}): {1}"),
    NO_TASK(
            2410,
            Kind.NOT_FOUND,
            "There is no task ''{0}'' on this node; it is over or never was, see hot-backup tasks list."),
    OPERATION_GOES_ON(
            2412,
            Kind.INFORMATION,
            "It takes longer and goes on as task ''{0}''; look at that task for what comes of it"),
    TASK_GOES_ON(2411, Kind.CONFLICT, "Task ''{0}'' cannot be cancelled: {1}."),

    NOT_ACKNOWLEDGED(
            2413,
            Kind.WARNING,
            "The slave at {0} answers but does not acknowledge transaction {1}, so those behind it wait: it cannot apply it now. On the slave''s node hot-backup head says why, and hot-backup set-aside --transaction {1} puts it into lost+found"),
    ACKNOWLEDGES_AGAIN(
            2414, Kind.INFORMATION, "The slave acknowledges again; everything up to transaction {0} is done"),

    DRAIN_REASON(2430, Kind.INFORMATION, "User ''{0}'' had the pipe of server ''{2}'' emptied: {1}"),
    LOG_COUNT(2432, Kind.INFORMATION, "Clearing {1} deletes {0} messages now; the permanent log has {2}"),
    QUIET_REASON(2431, Kind.INFORMATION, "not asked for, option q"),

    NODE_EXISTS(3001, Kind.CONFLICT, "Node ''{0}'' exists already; choose another name, or remove it first."),
    DEMO_NODE_EXISTS(
            3140,
            Kind.CONFLICT,
            "Node ''{0}'' exists already in {1}; the demo makes nodes prod and standby of its own: set HOTBACKUP_HOME to an empty folder, or unset it."),
    NO_NODE(3002, Kind.NOT_FOUND, "There is no node ''{0}''; see hot-backup node list."),
    NO_NODE_AT_ALL(3003, Kind.NOT_FOUND, "There is no node yet; make one with hot-backup node create NAME."),
    WHICH_NODE(3004, Kind.BAD_INPUT, "There are several nodes ({0}); say which one with --node NAME."),
    NODE_RUNNING(3005, Kind.CONFLICT, "Node ''{0}'' is running; stop it first."),
    NODE_NOT_RUNNING(3006, Kind.UNAVAILABLE, "Node ''{0}'' is not running; start it with hot-backup node start {0}."),
    NODE_ELSEWHERE(
            2433,
            Kind.CONFLICT,
            "Node ''{0}'' runs in a process that hot-backup did not start, an application server perhaps, and answers at {1}; start and stop it there."),
    NODE_START_FAILED(3007, Kind.UNAVAILABLE, "Node ''{0}'' did not start: {1}"),
    PORT_IN_USE(3008, Kind.CONFLICT, "TCP port {0} ({1}) is in use; stop what uses it, or give another with {2}."),
    JDK_TOO_OLD(3009, Kind.UNAVAILABLE, "Java {0} is too old; Hot Backup needs a JDK 17 or newer."),
    CSV_REFUSED(3010, Kind.BAD_INPUT, "{0}: nothing was loaded; {1}"),
    USAGE(3011, Kind.BAD_INPUT, "{0}"),
    HOME_UNUSABLE(3012, Kind.UNAVAILABLE, "''{0}'' cannot be used: {1}."),
    CONNECTION_LOST(3014, Kind.UNAVAILABLE, "The connection to the node was lost: {0}."),
    COMMAND_FAILED(3015, Kind.INTERNAL, "The command failed ({0}); please report this."),
    IMPORT_RUNNING(3016, Kind.CONFLICT, "Another import is running on node ''{0}''; wait until it is done."),
    SECRETS_OPEN(
            3018,
            Kind.BAD_INPUT,
            "''{0}'' holds the passwords of the node and is open to others; make it yours alone with chmod 600."),
    WATCHING(3019, Kind.INFORMATION, "Waiting for notices; Ctrl-C ends."),
    PORT_LOST(
            3020,
            Kind.CONFLICT,
            "TCP port {0} (HTTP) was free when node ''{1}'' began to start and another program has it since; start the node again, or give it another port with {2}."),
    NODE_STARTING(3017, Kind.CONFLICT, "Node ''{0}'' is being started by another command; wait for that one."),
    NODE_NAME_UNUSABLE(
            3070,
            Kind.BAD_INPUT,
            "''{0}'' cannot be the name of a node: it must not begin with - and is 1 to {1} bytes of UTF-8 without blanks, commas, semicolons, slashes and control characters."),
    PORT_OUT_OF_RANGE(3071, Kind.BAD_INPUT, "{0} is not a TCP port ({1}); give one from 1 to 65535 with {2}."),
    PORT_TWICE(
            3072,
            Kind.BAD_INPUT,
            "TCP port {0} cannot be for HTTP and for JMX; give two different ones with --http-port and --jmx-port."),
    CERTIFICATE_UNREADABLE(3073, Kind.BAD_INPUT, "The certificate ''{0}'' cannot be read: {1}."),
    PEER_IS_ITSELF(3074, Kind.BAD_INPUT, "That is node ''{0}'' itself; give the certificate of another node."),
    /** The JDBC URL leads into a folder that is the home of another node. */
    STORE_OF_ANOTHER_HOME(
            3075,
            Kind.CONFLICT,
            "Node ''{0}'' is set up with a store in the home of another node, {1}; set hotbackup.store.url in {2} to {3}, which is its own."),
    STORE_MISSING(
            3076,
            Kind.CONFLICT,
            "The database of node ''{0}'' is not there: {1}; bring it back to that place, or make a new node."),
    /** Two homes with one identity: a copy beside its original. */
    NODE_COPY_RUNNING(
            3077,
            Kind.CONFLICT,
            "Nodes ''{0}'' and ''{1}'' are copies of one node, and ''{1}'' is running; only one of them may run."),
    NODE_COPY(
            3078,
            Kind.WARNING,
            "Nodes ''{0}'' and ''{1}'' are copies of one node: what one of them does from now on the other will never know; remove the one that is not needed."),
    /** A moved home: the name is the folder's. */
    NODE_RENAMED(3079, Kind.INFORMATION, "This node was made as ''{0}''; it is called ''{1}'' as its folder is."),
    NO_LOG_ID(
            3080,
            Kind.BAD_INPUT,
            "''{0}'' is no id of a message of the permanent log; hot-backup permanent-log --ids shows them, and --from takes a date or time."),
    MORE_ITEMS(3127, Kind.INFORMATION, "There are more items; go on with --after ''{0}''"),
    FILE_UNREADABLE(3128, Kind.BAD_INPUT, "''{0}'' cannot be read: {1}."),
    ITEM_WRITTEN(3129, Kind.INFORMATION, "Item ''{0}'' of ''{1}'' is {2}: {3} bytes"),
    ITEM_DELETED(3130, Kind.INFORMATION, "Item ''{0}'' of ''{1}'' is deleted"),
    FILE_CREATED(3131, Kind.INFORMATION, "File ''{0}'' is created"),
    FILE_DELETED(3132, Kind.INFORMATION, "File ''{0}'' is deleted"),
    FILE_CLEARED(3133, Kind.INFORMATION, "File ''{0}'' is cleared"),
    ACCOUNT_CREATED(3134, Kind.INFORMATION, "Account ''{0}'' is created"),
    ACCOUNT_DELETED(3135, Kind.INFORMATION, "Account ''{0}'' is deleted"),
    ID_NOT_BASE64(3136, Kind.BAD_INPUT, "''{0}'' is not Base64; without --base64 an id is taken as it is written."),
    MORE_ENTRIES(3137, Kind.INFORMATION, "There are more entries; go on with --after {0}"),
    MORE_FOUND(3081, Kind.INFORMATION, "There are more messages with this text; go on with --after {0}"),
    AUTO_CREATED(
            3082,
            Kind.INFORMATION,
            "The {0} ''{1}'' was missing here and is created, because an update needs it (auto-create); what the master has in it from before comes with hot-backup resync there"),
    CALLER_SPEAKS_TLS(
            3083,
            Kind.REFUSAL,
            "A call from {0} was refused because it speaks TLS and this slave server does not ({1}); set up both servers of the pair with --insecure, or neither"),
    CALLER_IS_INSECURE(
            3084,
            Kind.REFUSAL,
            "A call from {0} was refused because it does not speak TLS, as a master server set up with --insecure, and this slave server does ({1}); set up both servers of the pair with --insecure, or neither"),
    MENU_NEEDS_TERMINAL(
            3150,
            Kind.BAD_INPUT,
            "The menu needs a terminal and this is none; give a command instead, {0} --help lists them."),
    MENU_TERMINAL_FAILED(3151, Kind.UNAVAILABLE, "The terminal cannot be used: {0}."),
    MENU_TOO_SMALL(
            3152,
            Kind.CONFLICT,
            "The terminal has {0} columns and {1} lines; enlarge it to {2} by {3} at least, or leave with ESC."),
    MENU_NO_NODE_RUNS(
            3153, Kind.UNAVAILABLE, "No node is running; start one, for example with hot-backup node start {0}."),
    MENU_CANCELLED(3154, Kind.INFORMATION, "Cancelled; nothing was changed."),
    MENU_NOT_WAITED_FOR(
            3155,
            Kind.WARNING,
            "The node has not answered yet and is not waited for; what it was told to do may still happen."),
    MENU_SERVER_GONE(3156, Kind.NOT_FOUND, "There is no server ''{0}'' any more."),
    MENU_SHOWS(3158, Kind.BAD_INPUT, "-q and --output are for commands; the menu shows what it does."),
    OPTION_BEFORE_COMMAND(3159, Kind.BAD_INPUT, "Write {0} after {1}, not before it."),
    MENU_TYPE(3157, Kind.BAD_INPUT, "Type {0}."),
    /** Remote JMX: the connector that consoles on other machines open. */
    REMOTE_JMX_HALF(
            4060,
            Kind.BAD_INPUT,
            "{0} is given in node.properties and {1} is not; give both, or neither for no remote JMX."),
    REMOTE_JMX_PORT_UNUSABLE(
            4061,
            Kind.BAD_INPUT,
            "Remote JMX cannot have port {0}: {1}; give another with hotbackup.jmx.remote.port in node.properties."),
    REMOTE_JMX_HOST_UNUSABLE(
            4062,
            Kind.BAD_INPUT,
            "Remote JMX cannot have host ''{0}'': {1}; give the name or address of this machine that consoles call with hotbackup.jmx.remote.host in node.properties."),
    JMX_FULL(4063, Kind.UNAVAILABLE, "{0} JMX connections are open, which is the most; close one first."),
    MENU_STOP(3160, Kind.INFORMATION, "Stops server ''{0}''; {1} transactions wait and stay where they are."),
    MENU_DELETE_MASTER(
            3161,
            Kind.WARNING,
            "Deletes master server ''{0}'' and its queue: {1} transactions that its slave has not acknowledged are lost."),
    MENU_DELETE_SLAVE(
            3162,
            Kind.WARNING,
            "Deletes slave server ''{0}'': {1} updates that it received and has not applied are lost."),
    MENU_STOP_ENQUEUING(
            3163,
            Kind.WARNING,
            "Updates on node ''{0}'' will not be queued any more, so no slave ever gets them. {1} entries that are queued are still sent. Only for when users were switched to the slave."),
    MENU_CLEAR_QUEUE(
            3164,
            Kind.WARNING,
            "Clears the queue of every master server of node ''{0}'': {1} entries with {2} bytes in the longest one are lost. Slaves that have not acknowledged them must be resynchronised."),
    MENU_CLEAR_LOG(
            3165, Kind.WARNING, "Deletes from the permanent log of node ''{0}'': {1}; now these are {2} of {3}."),
    MENU_LOG_ALL(
            3166,
            Kind.WARNING,
            "Updates of ALL files of node ''{0}'' will be logged, but for those with X, Y or T in their D-pointer. Slaves create accounts and files for them."),
    MENU_LOG_DL(3167, Kind.WARNING, "Only updates of files with L in their D-pointer will be logged on node ''{0}''."),
    MENU_PROMOTE(
            3168,
            Kind.WARNING,
            "Slave server ''{0}'' applies the {1} updates that it still has, and node ''{2}'' is open for users'' updates under a new epoch. Its master must not be connected."),
    MENU_REJOIN(
            3169,
            Kind.WARNING,
            "Master server ''{0}'' becomes a slave server of the new master. What that does not have is kept in lost+found, or dropped."),
    MENU_REJOIN_NOT_YET(
            2434,
            Kind.WARNING,
            "Master server ''{0}'' was not told that it is superseded, and becomes no slave server before: what is given here is refused."),
    MENU_REPAIR(
            3170,
            Kind.WARNING,
            "Sends the {1} items in {2} files that differ to the slave of ''{0}'' once more; what the slave has in their place is overwritten, what only it has is deleted."),
    MENU_RESYNC(
            3171,
            Kind.WARNING,
            "Makes the slave of ''{0}'' equal to this node: all files that are logged are compared and what differs is sent. What the slave has in its place is overwritten, what only it has is deleted."),
    MENU_CLOSE(3172, Kind.WARNING, "Users cannot update anything on node ''{0}'' any more, until it is opened."),
    MENU_OPEN(3173, Kind.WARNING, "Users can update node ''{0}'' again; it is {1}."),
    MENU_DISCARD(3174, Kind.WARNING, "Takes record {0} with its {1} bytes out of lost+found for good."),
    MENU_SET_ASIDE(
            3175,
            Kind.WARNING,
            "Puts the blocked transaction of slave server ''{0}'' into lost+found; those behind it go on."),
    MENU_TEXT_NOT_FOUND(3176, Kind.NOT_FOUND, "There is no ''{0}'' from here to the end of the log."),
    MENU_LOG_ENDS(3177, Kind.INFORMATION, "There is nothing after this in the log."),
    MENU_LOG_BEGINS(3178, Kind.INFORMATION, "The log begins here."),
    MENU_NOTHING(3179, Kind.INFORMATION, "There is nothing to show."),
    MENU_DELETE_RECORD(
            3180,
            Kind.WARNING,
            "Deletes the record of server ''{0}'' in dm,hb.log, whether it can be read or not, and all that is in its queue or was not applied. Make sure that the server does not run."),
    MENU_LIST_ENDS(3181, Kind.INFORMATION, "There is nothing after this."),
    PASSWORDS_DIFFER(
            3182, Kind.BAD_INPUT, "The new password was typed in two ways; nothing was changed, type the same twice."),
    MENU_DELETE_USER(3183, Kind.WARNING, "Deletes user ''{0}'', who is out at once, on every surface."),
    MENU_NEW_PASSWORD(
            3184,
            Kind.WARNING,
            "Gives user ''{0}'' a new password, which is shown only in the answer, and ends the sessions with the old one."),
    NODE_NOT_REACHED(
            4064,
            Kind.UNAVAILABLE,
            "No node is reached at {0}: {1}; check --host and --jmx-port, and hotbackup.jmx.remote.host and .port of the node."),
    CERTIFICATE_OF_ANOTHER(
            4065,
            Kind.REFUSAL,
            "What answers at {0} is not the node with the certificate ''{1}'': {2}; nothing was sent to it, get its certificate with hot-backup node certificate there."),
    NO_PASSWORD(
            4066,
            Kind.BAD_INPUT,
            "There is no terminal to ask for the password of ''{0}''; give a file with {1} that only you may read."),
    PASSWORD_FILE_OPEN(
            4067, Kind.BAD_INPUT, "The password file ''{0}'' is open to others; make it yours alone with chmod 600."),
    PASSWORD_FILE_UNREADABLE(4068, Kind.BAD_INPUT, "The password file ''{0}'' cannot be read; check its name."),
    NODE_OR_HOST(4069, Kind.BAD_INPUT, "Give --node for a node of this machine or --host for one elsewhere, not both."),
    FILE_THERE(4070, Kind.CONFLICT, "The file ''{0}'' exists already; give another name, or remove it first."),
    FILE_NOT_WRITTEN(
            4071, Kind.BAD_INPUT, "The file ''{0}'' cannot be written; check its folder and what you may do there."),
    NO_ENTRIES(4088, Kind.INFORMATION, "No entries."),
    NOTHING_BLOCKED(4089, Kind.INFORMATION, "No transaction is blocked."),
    NO_DIFFERENCES(4090, Kind.INFORMATION, "No item is known to differ."),
    BUNDLE_WRITTEN(
            4087,
            Kind.INFORMATION,
            "What support needs to know of node ''{0}'' is in {1}; no secret and no item is in it."),
    CERTIFICATE_WRITTEN(4072, Kind.INFORMATION, "The certificate of node ''{0}'' is in {1}; its fingerprint is {2}"),
    CERTIFICATE_LACKS_HOST(
            4073,
            Kind.WARNING,
            "This certificate does not name {0}, the host of the node''s remote JMX: consoles with a Java of 2026 need -Djdk.rmi.ssl.client.enableEndpointIdentification=false, or the node a new key with hot-backup node renew-key {1}."),
    DATA_NOT_REMOTE(
            4074,
            Kind.BAD_INPUT,
            "''{0}'' takes no --host: accounts, files and items go over REST, not over remote JMX; give the command on the node''s machine, or ask the node''s REST as its /api/openapi.json says."),
    NOT_REMOTE(
            4075,
            Kind.BAD_INPUT,
            "''{0}'' takes no --host: it works with what is on the node''s own machine; give the command there."),
    RECORD_NOT_REMOTE(
            4076,
            Kind.BAD_INPUT,
            "With --host a record itself cannot be exported; give --items FOLDER for what it holds, or the command on the node''s machine."),
    OWN_PASSWORD_OF_WHOM(
            4077,
            Kind.BAD_INPUT,
            "Your own password is that of --user at --host; give both, or another user a new one with hot-backup user password NAME."),
    PROMOTION_GOES_ON(3030, Kind.INFORMATION, "Slave server ''{0}'' is {1}; see its status"),
    CERTIFICATE_UNUSABLE(
            3013,
            Kind.BAD_INPUT,
            "''{0}'' holds no certificate in PEM form; give the file of the peer''s certificate."),

    TAPE_CONNECTED(5100, Kind.INFORMATION, "Connected with input server ''{0}'' at {1}"),
    TAPE_CALLED(5101, Kind.INFORMATION, "Output server ''{0}'' called from {1}"),
    TAPE_BEGINS(5102, Kind.INFORMATION, "A tape begins"),
    TAPE_GOES_ON(5103, Kind.INFORMATION, "The tape goes on with block {0}"),
    TAPE_CARRIED(
            5104,
            Kind.INFORMATION,
            "The tape ended: {0} blocks with {1} bytes were written to the pipe of the input server"),
    TAPE_NO_LINK(
            5105, Kind.WARNING, "The link to {0} is down: {1}; what was read from the pipe is kept, calling again"),
    TAPE_GIVES_UP(
            5106,
            Kind.UNAVAILABLE,
            "{0} was called {1} times in vain, so the server stops; what it read is kept, start it with option c to go on"),
    TAPE_INPUT_REFUSED(5107, Kind.REFUSAL, "The input server says: {0}"),
    TAPE_OUTPUT_REFUSED(5108, Kind.REFUSAL, "The output server says: {0}"),
    TAPE_VERSION(
            5109,
            Kind.REFUSAL,
            "Refused: version {0} of the tape-socket protocol is not spoken here, but version {1}; upgrade the older node"),
    TAPE_GAP(
            5110,
            Kind.REFUSAL,
            "Refused: block {0} cannot follow on the {1} blocks that arrived; if this does not mend itself, start both servers without option c and begin the tape anew"),
    TAPE_BUSY(
            5111,
            Kind.REFUSAL,
            "Refused: input server ''{0}'' is taken by output server ''{1}'' of node {2}; wait until that is done, or stop it"),
    TAPE_UNFINISHED(
            5112,
            Kind.REFUSAL,
            "Refused: input server ''{0}'' has {1} blocks of another tape, which did not end; start it without option c to give that tape up"),
    TAPE_UNKNOWN(
            5113,
            Kind.REFUSAL,
            "Refused: the tape is at block {1} and input server ''{0}'' has nothing of it; start the output server without option c and begin the tape anew"),
    TAPE_BOTH_STOP(5114, Kind.INFORMATION, "Both servers stop, this one and the input server at {0}"),
    TAPE_SHUT_DOWN_BY(5115, Kind.INFORMATION, "Both servers stop, as output server ''{0}'' at {1} says"),
    CLOCKS_DIFFER(
            5116,
            Kind.WARNING,
            "Seen from here the clock of the input server is {0}; set both clocks by the same time server"),
    CLOCKS_AGREE(5117, Kind.INFORMATION, "Seen from here the clock of the input server is {0}"),

    NO_PIPE(
            5120,
            Kind.NOT_FOUND,
            "There is no pipe ''{0}''; make one with mkfifo where this node may use it, or give a name without slashes for one in the node''s own folder."),
    NOT_A_PIPE(5121, Kind.BAD_INPUT, "''{0}'' is neither a named pipe nor a device; make a pipe with mkfifo."),
    PIPE_NOT_OPENED(5122, Kind.UNAVAILABLE, "The pipe ''{0}'' cannot be opened: {1}."),
    PIPE_NOT_READ(
            5123,
            Kind.UNAVAILABLE,
            "The pipe ''{0}'' cannot be read any more: {1}; start the server again with option c"),
    PIPE_NOT_WRITTEN(
            5124,
            Kind.UNAVAILABLE,
            "The pipe ''{0}'' cannot be written any more: {1}; start the server again with option c"),
    PIPE_CLEARED(5125, Kind.INFORMATION, "The pipe ''{0}'' was cleared of {1} bytes"),
    TAPE_GIVEN_UP(5126, Kind.WARNING, "The tape that was under way is given up after {0} bytes"),
    TAPE_CUT_BY_BOOT(
            5127,
            Kind.WARNING,
            "A tape was under way when the machine went down, and the pipe with it; begin that tape anew"),
    PIPE_WITHOUT_TIMES(
            5128,
            Kind.WARNING,
            "The file system does not note when the pipe ''{0}'' is written: should this node be killed in the middle of a tape, some bytes may be written twice; use a pipe on another file system"),
    TAPE_CUT_BY_KILL(
            5129,
            Kind.WARNING,
            "The node was killed while pipe ''{0}'' was read, and how many bytes were taken cannot be told; begin that tape anew"),

    NO_TAPE_SERVER(
            5130,
            Kind.NOT_FOUND,
            "There is no tape-socket server ''{0}'' on this node; see tape-socket listserver, or set it up."),
    NO_TAPE_SERVER_AT_ALL(
            5131,
            Kind.NOT_FOUND,
            "There is no tape-socket server on this node yet; make one with tape-socket setup server=NAME direction=..."),
    TAPE_SETTING_NOT_APPLICABLE(5132, Kind.BAD_INPUT, "{0} does not apply to an {1} server; leave it out."),
    TAPE_SERVER_UNUSABLE(
            5133,
            Kind.WARNING,
            "Tape-socket server ''{0}'' cannot be used, its record in dm,ts.log is corrupt: {1} Set it up again."),
    DIRECTION_IS_FIXED(
            5134,
            Kind.CONFLICT,
            "Server ''{0}'' is an {1} server and stays one; delete it first, or set up a server of another name."),
    OTHER_DIRECTION(
            5135,
            Kind.CONFLICT,
            "Server ''{0}'' is an {1} server; use startsend for output and startreceive for input."),
    OUTPUT_ONLY(5136, Kind.CONFLICT, "This command applies only to output servers; give it where the tape is sent."),
    TAPE_OPTIONS(5137, Kind.BAD_INPUT, "''{0}'' are no options of a start; give any of c, s and v, or nothing."),
    TAPE_SERVERS_STARTED(5138, Kind.INFORMATION, "Servers started: {0}"),
    TAPE_SERVERS_FAILED(5139, Kind.UNAVAILABLE, "Servers started: {0}. Not started: {1}"),
    TAPE_SERVERS_STOPPED(5140, Kind.INFORMATION, "Servers stopped: {0}"),
    TAPE_SHUTTING_DOWN(
            5141,
            Kind.INFORMATION,
            "Server ''{0}'' and its input server stop when no tape is under way any more; see its status"),
    TAPE_BOTH_STOPPED(5142, Kind.INFORMATION, "Server ''{0}'' and its input server have stopped"),
    TAPE_NO_ANSWER(5143, Kind.UNAVAILABLE, "The input server at {0} does not answer: {1}."),
    DELETE_TAPE_SERVER_REASON(5144, Kind.INFORMATION, "User ''{0}'' had tape-socket server ''{2}'' deleted: {1}"),

    NO_TAPE_SERVER_RUNS(5145, Kind.INFORMATION, "No tape-socket server of this node runs"),
    LOGGING_IS_OPERATIONAL(5146, Kind.INFORMATION, "Transaction logging is operational"),
    LOGGING_IS_OFF(
            5147, Kind.WARNING, "Transaction logging is NOT operational: updates are not enqueued, see hot-backup log"),

    TAPE_CONFIRM(
            5148,
            Kind.BAD_INPUT,
            "{0} is not confirmed, and there is no terminal to ask at; nothing was done. Add --confirm {1}."),
    WHICH_TAPE_SERVER(
            4184,
            Kind.BAD_INPUT,
            "There are several servers ({0}); say which one with server=NAME, tape-socket listserver lists them."),
    UPDATES_WRITTEN(4185, Kind.INFORMATION, "Updates written to ''{1}'': {0}; {2} says which is what."),
    RECORD_WRITTEN(4186, Kind.INFORMATION, "The record is written to ''{1}'': {0} bytes."),
    NOT_IN_LOG(4187, Kind.INFORMATION, "No message there has ''{0}''; capital and small letters are the same."),
    NO_LOG_MESSAGES(4188, Kind.INFORMATION, "There is no message of the permanent log there."),
    NO_CONFIGURATION(
            4189,
            Kind.BAD_INPUT,
            "''{1}'' is no home of a node: there is no node.properties in it. Put that back from a save of node ''{0}'', or remove the folder to create the node anew."),
    DEMO_INTERRUPTED(4190, Kind.CONFLICT, "The demo was stopped before it was done."),
    NODE_IS_RUNNING(4191, Kind.INFORMATION, "Node ''{0}'' is running: {1}"),
    NODE_STOPPED(4192, Kind.INFORMATION, "Node ''{0}'' is stopped"),
    NODE_KILLED(4193, Kind.INFORMATION, "Node ''{0}'' is killed"),
    NODE_REMOVED(4194, Kind.INFORMATION, "Node ''{0}'' is removed"),
    NEW_KEY(4195, Kind.INFORMATION, "Node ''{0}'' has a new key, fingerprint {1}"),
    BYTES_WRITTEN(4196, Kind.INFORMATION, "{0} bytes written to {1}"),
    DEMO_KEPT(4197, Kind.INFORMATION, "The homes of both nodes are kept in {0}"),
    PEER_TRUSTED(4198, Kind.INFORMATION, "Node ''{0}'' trusts ''{1}'', fingerprint {2}"),
    PEER_NOT_TRUSTED(4199, Kind.INFORMATION, "Node ''{0}'' no longer trusts ''{1}''"),
    NO_COMMAND(1039, Kind.BAD_INPUT, "''{0}'' is no command of {1}; give one of {2}."),
    COMMAND_FIRST(1040, Kind.BAD_INPUT, "{1} needs a command before ''{0}''; give one of {2}."),
    NO_OPTION(1041, Kind.BAD_INPUT, "{1} has no option ''{0}''."),
    NO_ARGUMENT(1042, Kind.BAD_INPUT, "''{0}'' is too much: {1} takes no such word there."),
    NO_FILES_OPENED(1043, Kind.INFORMATION, "Server ''{0}'' opened no file since it was started."),
    NO_NOTICES(1044, Kind.INFORMATION, "No such notice is kept."),
    NO_ADDRESSES(1045, Kind.INFORMATION, "No user has an address; give one with hot-backup address USER ADDRESS."),
    NO_TRACES(
            1046,
            Kind.INFORMATION,
            "There are no traces of server ''{0}''; hot-backup traces on server={0} turns them on."),
    NO_TAPE_TRACES(
            1047,
            Kind.INFORMATION,
            "There are no traces of server ''{0}''; tape-socket traceon server={0} turns them on."),
    SEE_HELP(1038, Kind.INFORMATION, "{0} --help explains it."),
    CONFIRM_OPTION_MISSING(4183, Kind.BAD_INPUT, "{0} is not confirmed, and nothing was done; add {1}."),
    TAPE_NOT_CONFIRMED(5149, Kind.CONFLICT, "It was not confirmed; nothing was done."),
    TAPE_NO_LAST_VALUE(5150, Kind.BAD_INPUT, "{0} was never given before; give its value instead of a dot."),
    TAPE_CANNOT_ASK(5151, Kind.BAD_INPUT, "There is no terminal to ask for {0}; give its value instead of ?."),
    TAPE_MENU_SHOWS(5152, Kind.BAD_INPUT, "--output is for commands; the menu shows what it does."),
    MENU_STOP_TAPE(
            5153,
            Kind.INFORMATION,
            "Stops server ''{0}''; {1} blocks are under way and go on after a start that keeps the pipe."),
    MENU_SHUTDOWN_TAPE(
            5154,
            Kind.INFORMATION,
            "Stops server ''{0}'' and its input server, as soon as no tape is under way; {1} blocks are not there yet."),
    MENU_DRAIN_TAPE(
            5155,
            Kind.WARNING,
            "Throws away what is in the pipe ''{1}'' of server ''{0}'', and the tape that was under way."),
    MENU_DELETE_TAPE(
            5156,
            Kind.WARNING,
            "Deletes tape-socket server ''{0}'' with what it read and could not send; the pipe ''{1}'' stays."),
    MENU_STOP_ALL_TAPES(5157, Kind.INFORMATION, "Stops all tape-socket servers that run on node ''{1}'': {0}."),

    PAGE_OUT_OF_DATE(
            4101, Kind.CONFLICT, "This page was open for too long and nothing was done; open it again and repeat it."),
    NO_OPERATION(4102, Kind.NOT_FOUND, "There is no operation ''{1}'' of ''{0}''; see the page of all operations."),
    PARAMETER_UNUSABLE(4103, Kind.BAD_INPUT, "''{1}'' cannot be used for {0}; give {2}."),

    TAPE_EMPTY(5001, Kind.BAD_INPUT, "Reel {0} is empty; give the image of a tape."),
    TAPE_FORMAT_UNKNOWN(
            5002,
            Kind.BAD_INPUT,
            "Reel {0} does not begin like a tape, the first bytes of block {1} are {2}; see whether it is the image of one, or say its block size."),
    TAPE_BLOCK_CUT(
            5003,
            Kind.BAD_INPUT,
            "Reel {0} ends within block {1}, after {2} of its {3} bytes: it was cut off; copy it again."),
    TAPE_CUT(
            5004,
            Kind.BAD_INPUT,
            "Reel {0} ends before block {1}, in the middle of tape file ''{2}'': it was cut off, or another reel follows; give all of it."),
    TAPE_READ_FAILED(
            5005, Kind.UNAVAILABLE, "Block {1} of reel {0} cannot be read: {2}; see to the device and try again."),
    TAPE_REEL_WRONG(
            5006,
            Kind.BAD_INPUT,
            "Reel {0} has in block {1} the label ''{2}'' where that of ''{3}'' with the number of this reel should be; give the reels of one tape in their order."),
    TAPE_FILE_UNENDED(
            5007,
            Kind.BAD_INPUT,
            "Tape file ''{2}'' has no end record before block {1} of reel {0}: writing it was broken off; write the tape again."),
    TAPE_SAVE_UNENDED(
            5008,
            Kind.BAD_INPUT,
            "The tape ends at block {1} of reel {0} although more was to follow after tape file ''{2}'': writing it was broken off; write the tape again."),
    TAPE_BLANK(5009, Kind.BAD_INPUT, "Nothing is recorded on reel {0}; give the image of a tape with something on it."),
    TAPE_BLOCK_SIZE_UNUSABLE(
            5010, Kind.BAD_INPUT, "{0} is no block size; give 500 for pseudo-floppies, or 80 to 65535 bytes."),
    TAPE_WRITE_FAILED(
            5011, Kind.UNAVAILABLE, "Block {1} of reel {0} cannot be written: {2}; what was written is no whole tape."),
    TAPE_FRAMES_BROKEN(
            5012,
            Kind.BAD_INPUT,
            "At block {1} of reel {0} the frames of item ''{2}'' cannot be read, and what follows in this dump cannot be told from them; write the tape again."),
    TAPE_IMAGE_UNREADABLE(
            5013, Kind.BAD_INPUT, "The image ''{0}'' cannot be read; check its name and what you may do there."),

    TAPE_COUNT_WRONG(5021, Kind.WARNING, "Reel {0}, block {1}: {2} has {3}; it was taken as it stands, check it."),
    TAPE_RECORD_UNKNOWN(
            5022,
            Kind.WARNING,
            "Reel {0}, block {1}: a record of no known kind that begins with ''{2}'' was passed over, {3} bytes."),
    TAPE_ITEM_WITHOUT_FILE(
            5023,
            Kind.WARNING,
            "Reel {0}, block {1}: item ''{2}'' was left out, for file {3} is not defined before it."),
    TAPE_ITEM_ID_UNUSABLE(5024, Kind.WARNING, "Reel {0}, block {1}: an item of {2} was left out. {3}"),
    TAPE_ITEM_TOO_LARGE(
            5025, Kind.WARNING, "Reel {0}, block {1}: item ''{2}'' was left out, it has more than {3} bytes."),
    TAPE_ITEM_BROKEN(5026, Kind.WARNING, "Reel {0}, block {1}: item ''{2}'' was left out, {3}."),
    TAPE_NAME_CHANGED(5027, Kind.WARNING, "Reel {0}, block {1}: no file can be called ''{2}'' here; it is called {3}."),
    TAPE_FILE_WITHOUT_PARENT(
            5028,
            Kind.WARNING,
            "Reel {0}, block {1}: file ''{2}'' of level {3} was left out, for nothing is defined that it stands in."),
    TAPE_POINTER_CHANGED(5029, Kind.WARNING, "Reel {0}, block {1}: the D-pointer of {2} cannot be used as it is; {3}."),
    TAPE_END_UNMARKED(
            5030,
            Kind.WARNING,
            "Reel {0} ends after block {1} without the two filemarks that end a tape; if more was written, it is not here."),
    TAPE_REPEAT_MISSING(
            5031,
            Kind.WARNING,
            "Reel {0}, block {1}: the last block of the reel before is not repeated; something between them may be missing."),
    TAPE_LABEL_SIZE(
            5032,
            Kind.WARNING,
            "Reel {0}, block {1}: the label says blocks of {2} bytes, these have {3}; they were taken as they are."),
    TAPE_FILE_OTHER(
            5033,
            Kind.WARNING,
            "Reel {0}, block {1}: tape file ''{2}'' is neither a save nor a dump; it was passed over."),
    TAPE_LINK_STRANGE(
            5034,
            Kind.WARNING,
            "Reel {0}, block {1}: it begins neither like a filemark nor like data; it was taken for data."),
    TAPE_DIRECTORY_FILE(
            5035,
            Kind.WARNING,
            "Reel {0}, block {1}: the directory ''{2}'' was left out; only files of items can be restored."),
    TAPE_POINTER_SHORTENED(
            5036,
            Kind.WARNING,
            "Reel {0}, block {1}: the D-pointer of {2} cannot stand on a tape; only its code and modulo were written."),

    TAPE_REELS_BEFORE_MISSING(
            5037,
            Kind.WARNING,
            "Reel {0}, block {1}: its label says that it is reel {2}; what stands on those before it is not here."),

    VMREST_HAS_TAPES_ONLY(
            5200,
            Kind.CONFLICT,
            "Node ''{0}'' is a small one for tape-socket servers only; set up hot-backup servers on a node that was made without --vmrest."),

    LOG_TAPE_DAMAGED(
            5240,
            Kind.BAD_INPUT,
            "Block {0} of the log tape is broken: {1}; copy the tape again, or restore a later save and go on behind this block."),
    LOG_TAPE_EXPECTED(
            5241,
            Kind.BAD_INPUT,
            "This is no log tape, which begins with a label TLOG; give what a linked tape-socket server has written."),
    LOG_TAPE_TWO_HISTORIES(
            5242,
            Kind.BAD_INPUT,
            "From block {0} on the tape holds the log of another history; give the logs of two nodes one after the other."),
    LOG_TAPE_NO_POSITION(
            5243,
            Kind.CONFLICT,
            "The tape holds the log of node {0} behind LSN {1}, and nothing says that all before it is in this image; if it is, give --from {1}, otherwise restore a save first."),
    LOG_TAPE_OTHER_HISTORY(
            5244,
            Kind.CONFLICT,
            "The tape holds the log of node {0} (history {1}), and this image holds history {2} up to LSN {3}; restore a save of that node and give --from with its LSN."),
    LOG_TAPE_NOWHERE(
            5475,
            Kind.CONFLICT,
            "This image is at no LSN any more: accounts of another moment were restored into it. Restore a whole save of node {0} with hot-backup restore --overwrite, which knows its LSN; or give --from with an LSN up to which every account holds the log."),
    LOG_TAPE_GAP(
            5245,
            Kind.CONFLICT,
            "LSN {0} follows on LSN {1}, and this image ends at LSN {2}: what is between is missing (block {3}); give the tape that holds it first, or restore a later save."),
    LOG_TAPE_TOO_FAR(
            5246,
            Kind.CONFLICT,
            "This image ends at LSN {0}, which is beyond what was asked for; restore a save that is older, and give --from with its LSN."),

    LINKED_IS_FIXED(
            5250,
            Kind.CONFLICT,
            "Server ''{0}'' was set up with linked={1}; delete it and set it up anew to change that, since its queue comes and goes with it."),
    LINKED_HAS_NO_PIPE(
            5252,
            Kind.CONFLICT,
            "Server ''{0}'' is linked to the transaction logger and has no pipe; what an output server has not sent is given up by deleting it, or by clearing the log queue."),
    LOG_TAPE_BLOCK_SIZE(
            5253, Kind.BAD_INPUT, "A log tape cannot have blocks of {0} bytes; give block-size={1} to {2}, or 512."),
    LOG_TAPE_UNFINISHED(
            5254,
            Kind.WARNING,
            "Server ''{0}'' stops and the input server has not taken all of its log tape; start it with option c to go on with this tape"),

    LOG_TAPE_ON_SLAVE(
            5255,
            Kind.CONFLICT,
            "This node is a slave: server ''{0}'' applies what its master sends; promote or delete that server before a log tape is applied."),
    LOG_TAPE_BUSY(5256, Kind.CONFLICT, "A log tape is being applied, {0}; wait for task {1}, or cancel it."),
    LOG_TAPE_STORE_AWAY(
            5493,
            Kind.UNAVAILABLE,
            "The store of this node does not take the log: {0}; give the same command again when it is back, and it goes on from there."),
    LOG_WHILE_RESTORED(
            5490,
            Kind.CONFLICT,
            "A save is being restored into this image, task {0}, and no log is applied meanwhile; wait until that has ended (hot-backup t-status shows how far it is), or cancel it, and try again."),
    LOG_TAPE_NOT_THERE(
            5257,
            Kind.NOT_FOUND,
            "There is no tape {0}; give the full path of a file or a pipe, or the name of a tape device or of a pipe in the node''s own folder."),
    LOG_TAPE_NOT_OPENED(
            5258,
            Kind.UNAVAILABLE,
            "The log tape {0} cannot be read: {1}; see to its file or device, and give it again."),
    LOG_TAPE_OLD_EPOCH(
            5259,
            Kind.CONFLICT,
            "The tape holds the log of node {0} from epoch {1}, and this node is in epoch {2}: it was promoted since and has a history of its own; apply the log on a node that was not."),
    LOG_TAPE_BEGUN(5260, Kind.INFORMATION, "The log on tape {0} is being applied; it is task {1}."),
    LOG_TAPE_GOES_ON(5261, Kind.INFORMATION, "Entries applied {0}, there before {1}, block {2}; the image is at {3}."),
    LOG_TAPE_APPLIED(
            5262,
            Kind.INFORMATION,
            "The log is applied: entries applied {0}, there before {1}, in lost+found {2}; the image is at {3}."),
    LOG_TAPE_SHORT(
            5263,
            Kind.WARNING,
            "The tape ended before what was asked for: entries applied {0}, there before {1}, in lost+found {2}; the image is at {3}. Go on with the next tape."),
    LOG_TAPE_CUT(
            5264,
            Kind.WARNING,
            "The tape has no end, it was cut or is written still: entries applied {0}, there before {1}, in lost+found {2}; the image is at {3}. Give the same tape again when there is more of it."),
    LOG_TAPE_STANDS(5265, Kind.INFORMATION, "Entries applied before, which stand: {0}; the image is at {1}."),
    LOG_TAPE_CANCELLED(
            5266,
            Kind.INFORMATION,
            "It was cancelled: entries applied {0}; the image is at {1}. Give the same tape again to go on."),
    LOG_TAPE_CANCELLING(5267, Kind.INFORMATION, "Applying the log tape {0} ends after what is applied at this moment."),
    LOG_TAPE_OVER(5268, Kind.INFORMATION, "tlog-restore: {0}"),
    LOG_TAPE_BAD_LSN(
            5269, Kind.BAD_INPUT, "''{0}'' is no LSN; give a number from 0 on, as the lists of the queue show it."),
    LOG_TAPE_BAD_TIME(
            5270,
            Kind.BAD_INPUT,
            "''{0}'' is no time; write 2026-11-22T12:00:00Z, or 2026-11-22T12:00:00 for the time of this node."),
    LOG_TAPE_OWN(
            5430,
            Kind.CONFLICT,
            "This is the log of this node itself, {0}, whose image has it up to LSN {1} and would go back in time: nothing is applied. Apply it on another node; or, if a save of this node was restored here, say with --from up to which LSN that holds the log."),
    PIPE_TAKEN(
            5432,
            Kind.CONFLICT,
            "Server ''{1}'' has pipe {0} already; stop it first, or give this one a pipe of its own with setarg."),
    TAPE_OPTION_UNKNOWN(
            5433,
            Kind.BAD_INPUT,
            "''{0}'' is no option here; there are (c, (q, (r, (s and (v, of which a command takes some, or several in one word as (cq, and they stand at the end of the line."),
    TRACES_WAIT(5434, Kind.INFORMATION, "Traces of server ''{0}'' are on, and nothing was traced yet."),
    LOG_TAPE_WHOLE(5435, Kind.INFORMATION, "The log tape is whole: {0}; entries {1}, {2}; blocks {3}."),
    LOG_TAPE_WITHOUT_END(
            5436,
            Kind.WARNING,
            "The log tape has no end, it was cut or is written still: {0}; entries {1}, {2}; blocks {3}. tlog-restore applies what is there."),
    LOG_TAPE_LACKS(
            5437,
            Kind.CONFLICT,
            "In block {0} of the log tape LSN {1} follows on LSN {2}, and the tape has the log up to LSN {3}: what is between is missing; give tlog-restore the tape that holds it first."),
    LINKED_PIPE(
            5438,
            Kind.BAD_INPUT,
            "A server that is linked to the transaction logger has no pipe; leave pipe out, or linked off."),
    LOG_TAPE_ON_MASTER(
            5431,
            Kind.CONFLICT,
            "Server ''{0}'' sends the log of this node, and what a tape brings is not logged: whoever gets that log would differ; apply the tape on a node that sends none, or delete the server first and synchronise its other side anew."),
    LOG_TAPE_REASON(5271, Kind.INFORMATION, "User ''{0}'' has the log applied from tape {2}: {1}"),
    MENU_RESTORE_LOG(
            5272,
            Kind.INFORMATION,
            "Applies the log from a tape to all files of node {0}: what is there is replaced by what the log says."),

    RESYNC_BEGUN(
            5290,
            Kind.INFORMATION,
            "The image of slave server ''{0}'' is being made anew: {1} accounts and files to restore, log noted at LSN {2}. The server does not start before that is done."),
    RESYNC_UNFINISHED(
            5291,
            Kind.CONFLICT,
            "The image of slave server ''{0}'' is being made anew, and that has not come to its end (accounts and files left to restore: {1}); go on with the same hot-backup resync --master --slave, or give it up with hot-backup resync --abandon."),
    RESYNC_OF_OTHERS(
            5292,
            Kind.CONFLICT,
            "A resync of server ''{0}'' was begun and has not ended, of: {1}; go on with that one first, or give it up with hot-backup resync --abandon."),
    RESYNC_NONE(
            5293,
            Kind.CONFLICT,
            "No image is being made anew on this node; begin with hot-backup resync --master NODE --slave NODE."),
    RESYNC_NOT_WANTED(5294, Kind.BAD_INPUT, "''{0}'' is none of what this resync restores: {1}."),
    RESYNC_OF_PROMOTED(
            5295,
            Kind.CONFLICT,
            "Slave server ''{0}'' was promoted: its node is a master now; set up a slave server to make it the image of another."),
    RESYNC_WAITS(5296, Kind.CONFLICT, "The image cannot be made anew yet: {0}; try again in a moment."),
    RESYNC_NOTHING_CAME(
            5297, Kind.CONFLICT, "The pipe ended before anything of ''{0}'' came; give the same command again."),
    RESYNC_NOT_WHOLE(
            5500,
            Kind.CONFLICT,
            "The tape of ''{0}'' did not arrive as it was saved, so it does not count as restored; give the same command again."),
    OPTIONS_NOT_LAST(
            5510,
            Kind.BAD_INPUT,
            "''{0}'' stands in the middle of the line, and options in parentheses are its last word; an item id like that is given with --id."),
    NODE_STOPPING(
            5512, Kind.UNAVAILABLE, "This node is being stopped and answers no more; ask again when it has started."),
    BLOCKS_WAIT(
            5513,
            Kind.INFORMATION,
            "Blocks that wait until a program at the pipe of the input server reads what is before them: {0}."),
    DICT_APART(
            5511, Kind.BAD_INPUT, "''dict {0}'' is one name; write it as one word, in quotation marks: ''dict {0}''."),
    PROMOTION_LOSES(
            5501,
            Kind.CONFLICT,
            "Not promoted. {0} If the master is lost for good, hot-backup promote with --lose {1} promotes it as it is; what that names is lost then."),
    IMAGE_BEHIND_SAVE(
            5502,
            Kind.CONFLICT,
            "The accounts of slave server ''{0}'' were saved one after the other while users worked, and are one image when it has applied the log up to LSN {2}; it has up to LSN {1}."),
    PROMOTED_WITH_LOSS(
            5503,
            Kind.WARNING,
            "User ''{1}'' has slave server ''{0}'' promoted with an image that is not that of its master; lost: {2}. Should the old master come back, save that from it before you rejoin it."),
    NOTHING_TO_LOSE(
            5504,
            Kind.CONFLICT,
            "The image of slave server ''{0}'' is whole as far as it is known, so nothing is lost with it; leave --lose out."),
    PROMOTED_UNPROVED(
            5505,
            Kind.WARNING,
            "Slave server ''{0}'' is being promoted before its image was proved equal to its master''s; it has all that was saved, and the log up to there."),
    RESYNC_CARRIED(5298, Kind.INFORMATION, "{0} of {1} is done: {2} items, {3} bytes."),
    RESYNC_REMOVED(5299, Kind.INFORMATION, "Account ''{0}'' is removed, because the master does not have it."),
    RESYNC_RESTORED(
            5300,
            Kind.INFORMATION,
            "The image of slave server ''{0}'' is restored; what came after LSN {1} follows from the log."),
    RESYNC_ABANDONED(
            5301,
            Kind.WARNING,
            "The resync of slave server ''{0}'' is given up: its image is not that of its master. Not restored: {1}; half restored: {2}; the rest is whole. Make it anew with hot-backup resync --master NODE --slave {3}; before that has ended the server may be started, and goes on in the log, but is not promoted."),
    IMAGE_ABANDONED(
            5470,
            Kind.CONFLICT,
            "The image of slave server ''{0}'' is not that of its master, since a resync of it was given up: not made equal: {1}; half restored: {2}. Do not rely on it: it is not promoted before hot-backup resync --master NODE --slave {3} has ended, which sends only what differs with --prove."),
    RESYNC_ABANDONED_UNBEGUN(
            5471,
            Kind.INFORMATION,
            "The resync of slave server ''{0}'' is given up before anything was restored: its image is as it was. Start the server, which goes on in the log."),
    RESYNC_NO_SUCH_SERVER(
            5472,
            Kind.NOT_FOUND,
            "There is no master server ''{2}'' of node ''{0}'' that sends to node ''{1}''; there is: {3}."),
    SERVER_BEGINS_ANEW(
            5302,
            Kind.INFORMATION,
            "Server ''{0}'' begins anew: what it sent or received before does not count any more."),
    NODE_RESYNC_REASON(5304, Kind.INFORMATION, "User ''{0}'', resync of ''{2}'': {1}"),
    RESYNC_NO_PAIR(
            5308,
            Kind.NOT_FOUND,
            "No master server of node ''{0}'' sends to a slave server of node ''{1}''; set them up first: hot-backup setup server=from --node {1} type=slave port=24000, hot-backup setup server=to --node {0} type=master host=HOST port=24000, and start both."),
    RESYNC_WHICH_PAIR(
            5309,
            Kind.BAD_INPUT,
            "Several servers of node ''{0}'' send to node ''{1}'': {2}; choose one with --server NAME."),
    RESYNC_ONE_NODE(5310, Kind.BAD_INPUT, "''{0}'' is master and slave at once; name two nodes."),
    RESYNC_NO_ROOM(
            5311,
            Kind.FULL,
            "Node ''{0}'' has only {1} MB left on its disk, less than its reserve; free some space and try again."),
    RESYNC_NO_TRUST(
            5312,
            Kind.CONFLICT,
            "Node ''{0}'' does not trust node ''{1}''; let it do so with hot-backup trust, as chapter 1 of the operator''s guide shows."),
    RESYNC_REFUSED(5313, Kind.CONFLICT, "{0}"),
    RESYNC_NOT_ENQUEUING(
            5314,
            Kind.CONFLICT,
            "Node ''{0}'' enqueues nothing, so what is updated meanwhile would be missing; first hot-backup log start --node {0}."),
    RESYNC_ONLY_WHOLE(
            5315,
            Kind.CONFLICT,
            "The slave cannot go on in the log, so some accounts or files are not enough; leave --account and --file out. {0}"),
    RESYNC_QUESTION(
            5316,
            Kind.INFORMATION,
            "What node ''{0}'' has of {1} is overwritten with what node ''{2}'' has. Accounts that are removed: {3}."),
    RESYNC_BROKEN(
            5317,
            Kind.CONFLICT,
            "{0} Until the image is whole the slave server stays stopped; the same command goes on: hot-backup resync --master {1} --slave {2}."),
    RESYNC_LOST(
            5318,
            Kind.UNAVAILABLE,
            "{0} Until the image is whole the slave server stays stopped; the same command goes on: hot-backup resync --master {1} --slave {2}."),
    RESYNC_NOT_PROVED(
            5319,
            Kind.CONFLICT,
            "Node ''{0}'' is not proved to be the image of node ''{1}'': {2} The slave server goes on in the log; give the same command again. If files differ, hot-backup verify differences server={3} --node {1} names them."),
    CAUSE_TO_BE_PROVED(
            5508,
            Kind.INFORMATION,
            "The image of slave server ''{0}'' is restored, and was not proved equal to its master''s yet; the same resync makes the proof, if it does not do so now."),
    RESYNC_NODE_GONE(
            5507, Kind.UNAVAILABLE, "Node ''{0}'' does not answer any more; start it again if it is down. {1}"),
    RESYNC_CATCHES_UP(5307, Kind.INFORMATION, "the slave goes on in the log: at LSN {0}, all was saved at LSN {1}"),
    RESYNC_INTERRUPTED(
            5303,
            Kind.INFORMATION,
            "Interrupted: what is restored stays, the slave server stays stopped until the image is whole, and the same command goes on."),
    RESYNC_PROOF_INTERRUPTED(
            5323,
            Kind.INFORMATION,
            "Interrupted: all is restored and the slave server goes on in the log; the comparison goes on, see hot-backup verify status server={0} --node {1}; the same command makes the proof."),
    RESYNC_PROVED(
            5306, Kind.INFORMATION, "Node ''{0}'' is the image of node ''{1}'': {2} files proved equal as of LSN {3}."),
    RESYNC_HELD(
            5440,
            Kind.CONFLICT,
            "Another resync works on node ''{0}'': {1}. Wait until it has ended (hot-backup tasks list --node {0} shows how far it is); if it is killed, the same command goes on a few seconds later, and hot-backup resync --abandon gives it up."),
    RESYNC_HOLDS(5441, Kind.INFORMATION, "Node ''{0}'' works for this resync and for no other: {1}."),
    RESYNC_OVER(5442, Kind.INFORMATION, "Nothing is left to do for this resync on node ''{0}''."),
    RESYNC_TAKEN_OVER(
            5443,
            Kind.CONFLICT,
            "Node ''{0}'' heard nothing of this resync for too long and does not work for it any more; another one may have gone on in its place: see hot-backup tasks list --node {0}, or give the same command again."),
    RESYNC_LISTENS(5444, Kind.INFORMATION, "waiting whether another resync is still at work on node ''{0}'': {1}"),
    RESYNC_GOES_ON_AT_PROOF(
            5445,
            Kind.INFORMATION,
            "All was restored on node ''{0}'' before; only the proof is missing and is made now."),
    RESYNC_TAPES_GONE(5446, Kind.INFORMATION, "Nothing of its tapes is left on node {0}."),
    RESYNC_PROOF_ABANDONED(
            5447,
            Kind.WARNING,
            "The resync of slave server ''{0}'' is given up: all is restored and the server goes on in the log, but its image was not proved equal to its master''s. It is not promoted before hot-backup resync --prove --master NODE --slave {1} has ended; without --prove that restores all anew."),
    RESYNC_GIVEN_UP_MEANWHILE(
            5448,
            Kind.CONFLICT,
            "The resync was given up meanwhile by hot-backup resync --abandon; its tapes are gone from both nodes. What is missing stands in the permanent log of node ''{0}''; hot-backup resync --master {1} --slave {0} begins anew."),
    RESYNC_MASTER_LEFT(
            5449,
            Kind.INFORMATION,
            "If its command was killed, tape-socket server rsyncout is left on the master''s node: hot-backup resync --abandon --master NODE --slave {0} removes it there, too, and so does the next resync."),
    NOTHING_LOGGED(
            5305,
            Kind.CONFLICT,
            "Nothing of ''{0}'' is logged, so its image cannot be compared; give its files the letter L, or log all files."),
    LOG_APPLIED_BY(
            5370,
            Kind.CONFLICT,
            "Server ''{0}'' of this node applies the log that arrives; delete it before another one is set up, for two that write one image leave neither''s."),
    LOG_APPLIED_HERE(
            5371,
            Kind.CONFLICT,
            "Tape-socket server ''{0}'' applies a transaction log to this node; delete it before the node becomes a slave, for two that write one image leave neither''s."),
    LOG_ARRIVES(
            5372,
            Kind.CONFLICT,
            "Tape-socket server ''{0}'' applies the log as it arrives; stop it before a tape is applied."),
    LOG_STORE_AWAY(
            5491,
            Kind.UNAVAILABLE,
            "The store of this node does not take it and is asked again every two seconds: {0}."),
    LOG_NOT_KEPT(5373, Kind.UNAVAILABLE, "What arrived cannot be kept: {0}; see to the disk of this node''s home."),
    LOG_NOT_TAKEN(5374, Kind.REFUSAL, "Refused: the log that arrives is not applied. {0}"),
    LOG_APPLIED(
            5375, Kind.INFORMATION, "Entries applied {0}, there before {1}, in lost+found {2}; the image is at {3}."),
    LOG_WAITS(5376, Kind.WARNING, "It waits to apply what arrived: {0}"),

    SAVE_WITHOUT_LSN(
            5377,
            Kind.WARNING,
            "Nothing on this save says where it stands in the log ({0}); note the LSN of hot-backup log lsn before the next one."),
    SAVE_IN_LOG(
            5378,
            Kind.INFORMATION,
            "The image holds the log of node {0} up to LSN {1}, and tlog-restore goes on from there; updates made during the save are whole from LSN {2} on."),
    SAVE_NOT_WHOLE(
            5379,
            Kind.WARNING,
            "The save holds the log of node {0} up to LSN {1}; this image does not, since something was left out. If that does not matter give tlog-restore --from {1}."),

    CAUSE_LINKED_OUTPUT_STOPPED(
            5380,
            Kind.WARNING,
            "Tape-socket server ''{0}'' is linked to the transaction logger and does not run: {1} entries wait, and they become more until it is started or deleted"),
    CAUSE_LINKED_INPUT_STOPPED(
            5381,
            Kind.WARNING,
            "Tape-socket server ''{0}'' does not run, and the log that is sent to it is not applied"),
    CAUSE_LINKED_REFUSED(5382, Kind.UNAVAILABLE, "The log does not flow at tape-socket server ''{0}''. {1}"),
    CAUSE_LOG_NOT_APPLIED(
            5383, Kind.UNAVAILABLE, "Tape-socket server ''{0}'' cannot apply now what arrived of the log: {1}"),
    CAUSE_TAPE_REFUSED(5485, Kind.UNAVAILABLE, "No tape flows at tape-socket server ''{0}''. {1}"),
    CAUSE_LINKED_BEHIND(
            5384,
            Kind.WARNING,
            "Nobody has taken what tape-socket server ''{0}'' has of the log for {1} seconds: {2} entries wait"),

    TAPE_WITHOUT_LOG(
            5385,
            Kind.BAD_INPUT,
            "Only the transaction log is written to a tape by a server; give linked=on with tape."),
    LOG_TAPE_NOT_WRITTEN(
            5386,
            Kind.UNAVAILABLE,
            "Tape {0} cannot be written: {1}; what is logged waits in the queue, and it is tried again"),
    LOG_TAPE_WRITTEN(5387, Kind.INFORMATION, "Tape {0} ended: {1} blocks were written"),
    LOG_TAPE_ON_FILE(5388, Kind.INFORMATION, "The log goes on tape {0}"),
    LOG_KEPT(5389, Kind.INFORMATION, "The log is written to tapes {0}.1, {0}.2 ... of this node, in its folder tapes."),
    LOG_KEPT_ON(5390, Kind.INFORMATION, "A tape ended; the log goes on with the next tape {0}."),
    LOG_NOT_KEPT_HERE(
            5391, Kind.CONFLICT, "The log is not written to tapes of this node; hot-backup startlog begins with that."),
    LOG_KEPT_NO_MORE(
            5392,
            Kind.INFORMATION,
            "The log is not written to tapes any more; what is updated from now on is on none of them."),
    LOG_TAPE_WAITS(
            5393,
            Kind.UNAVAILABLE,
            "The tape cannot be ended, since not all of the log could be written to it; see tape-socket status server={0}, and give the command again."),
    KEEPS_LOG_HERE(
            5394,
            Kind.CONFLICT,
            "Server ''{0}'' writes tapes of its own node and has no other side; there is nothing to call."),
    STARTLOG_NAME(
            5395,
            Kind.CONFLICT,
            "The tape-socket server ''{0}'' is not that of startlog; delete it first, for startlog needs its name."),

    STOPLOG_REASON(5396, Kind.INFORMATION, "User ''{0}'' ends the log on tapes of this node: {1}"),
    MENU_STOPLOG(
            5397,
            Kind.INFORMATION,
            "Ends the tape that the log of node {0} is written to; what is updated afterwards is on no tape."),

    LOGGING_FOR_NOBODY(
            5398,
            Kind.WARNING,
            "Transaction logging is on, and nobody wants the log: updates are not enqueued; set up a master server or a linked output server, or give hot-backup startlog"),

    LOG_LSN(5273, Kind.INFORMATION, "Last LSN logged {0}, LSN restored {1}"),

    TAPE_WHOLE(5040, Kind.INFORMATION, "The tape is whole: tape files {0}, items {1}, blocks {2}."),
    TAPE_READABLE(
            5041,
            Kind.WARNING,
            "The tape can be read to its end: tape files {0}, items {1}, blocks {2}, notes {3}; see these."),
    TAPE_NOT_REPRESENTED(
            5042,
            Kind.WARNING,
            "The tape can be read to its end, but not all of it can be restored here: tape files {0}, items {1}, blocks {2}, notes {3}; see these."),
    TAPE_UNMARKED(
            5043,
            Kind.WARNING,
            "What is there can be restored, but two filemarks do not end the tape and more of it may be missing: tape files {0}, items {1}, blocks {2}, notes {3}; see these."),

    TAPE_READ_TO_END(
            5480,
            Kind.INFORMATION,
            "The tape can be read to its end: tape files {0}, items {1}, blocks {2}. Nothing on it proves that these are all that were written."),
    TAPE_FILE_CHANGED(
            5481, Kind.WARNING, "Reel {0}, block {1}: tape file ''{2}'' before it is not what was written: {3}."),
    TAPE_FILE_NOT_NEXT(
            5492,
            Kind.WARNING,
            "Reel {0}, block {1}: tape file ''{2}'' is not the one that was written behind the one before it; {3}."),
    TAPE_ITEM_TWICE(
            5482,
            Kind.WARNING,
            "Reel {0}, block {1}: item ''{2}'' is there a second time and was left out; a block is there twice, or one is missing."),
    TAPE_READ_PARTLY(
            5483,
            Kind.CONFLICT,
            "{0} from device {1}: items restored {2}, which stand; {3}. The report of the device says more."),
    TAPE_NOTES_ALIKE(5484, Kind.WARNING, "Reel {0}, up to block {1}: {2} more notes of this kind."),

    NO_TAPE_DEVICE(5044, Kind.NOT_FOUND, "There is no tape device ''{0}''; there are {1}."),
    TAPE_DEVICE_TAKEN(
            5045,
            Kind.CONFLICT,
            "Device {0} is attached by {1}; wait until it is detached, or detach it with {0} as confirmation."),
    TAPE_DEVICE_NOT_ATTACHED(5046, Kind.CONFLICT, "Device {0} is not attached; attach it with t-att."),
    TAPE_DEVICE_BUSY(5047, Kind.CONFLICT, "Device {0} is at work as task {1}; wait for it or cancel it."),
    TAPE_DEVICE_READ_ONLY(
            5048,
            Kind.CONFLICT,
            "Device {0} is only read; take another one, or leave option r out of its configuration."),
    TAPE_DEVICE_NO_POSITIONS(
            5049, Kind.CONFLICT, "Device {0} is a {1}, which is read and written in one go; {2} can do nothing there."),
    TAPE_DEVICE_UNUSABLE(5050, Kind.UNAVAILABLE, "Device {0} cannot be used: {1}; see to {2}."),
    TAPE_HOLDS_SOMETHING(
            5051,
            Kind.CONFLICT,
            "What is on the tape of device {0} from {1} on would be gone; give {0} as confirmation, or go to the end of the tape first."),
    TAPE_COMPRESSED_FROM_START(
            5052, Kind.CONFLICT, "A compressed tape is written from its beginning only; rewind device {0} with t-rew."),
    TAPE_AT_END(5053, Kind.CONFLICT, "Device {0} stands at the end of what is recorded; rewind it with t-rew."),
    TAPE_ATTACHED(5054, Kind.INFORMATION, "Device {0} is attached: {1}, blocks of {2} bytes."),
    TAPE_DETACHED(5055, Kind.INFORMATION, "Device {0} is detached."),
    TAPE_STANDS(5056, Kind.INFORMATION, "Device {0} stands at block {1}: {2}."),
    TAPE_BEGUN(5057, Kind.INFORMATION, "{0} on device {1} has begun; it is task {2}."),
    TAPE_WRITTEN(5058, Kind.INFORMATION, "{0} on device {1} is done: items written {2}, bytes {3}."),
    TAPE_READ(5059, Kind.INFORMATION, "{0} from device {1} is done: items restored {2}, left as they were or out {3}."),
    TAPE_WRITING_CANCELLED(5060, Kind.CONFLICT, "{0} on device {1} was cancelled; nothing of it is on the tape."),
    TAPE_READING_CANCELLED(
            5061, Kind.CONFLICT, "{0} from device {1} was cancelled; items restored before, which stand: {2}."),
    TAPE_RESTORE_ENDED(5062, Kind.BAD_INPUT, "{0} Items restored before, which stand: {1}."),
    TAPE_OPTION_UNUSABLE(5063, Kind.BAD_INPUT, "Option ''{0}'' cannot be used with {1}; it takes {2}."),
    TAPE_ACCOUNT_NOT_THERE(5064, Kind.NOT_FOUND, "Account ''{0}'' is not on the tape; the accounts on it: {1}."),
    TAPE_FILE_NOT_THERE(5065, Kind.NOT_FOUND, "File ''{0}'' is not on the tape."),
    TAPE_NOT_A_DUMP(
            5066,
            Kind.CONFLICT,
            "What follows on the tape is no dump but {0}; read a save with account-restore or sel-restore."),
    TAPE_ITEM_EXISTS(5067, Kind.WARNING, "Item ''{0}'' exists on file {1}; it was left as it is."),
    TAPE_ITEM_LEFT_OUT(5068, Kind.WARNING, "Item ''{0}'' of {1} was left out. {2}"),
    TAPE_FILE_LEFT_OUT(5069, Kind.WARNING, "File {0} was left out with all its items. {1}"),
    TAPE_ITEM_NOT_THERE(5070, Kind.WARNING, "Item ''{0}'' of {1} is not there."),
    TAPE_FILE_VANISHED(
            5071, Kind.WARNING, "File {0} was deleted while it was saved; what was written of it is on the tape."),
    TAPE_NOTHING_DONE(
            5072, Kind.INFORMATION, "Nothing was saved, restored or checked on device {0} since the node started."),
    RESTORE_REASON(5073, Kind.INFORMATION, "{0} restores from device {2}: {1}"),
    TAPE_WRITTEN_WITH_NOTES(
            5074,
            Kind.WARNING,
            "{0} on device {1} is done: items written {2}, notes {3}; see the report of the device."),
    TAPE_READ_WITH_NOTES(
            5075,
            Kind.WARNING,
            "{0} from device {1} is done: items restored {2}, left as they were or out {3}; see the report of the device."),
    TAPE_NO_LABEL(5076, Kind.INFORMATION, "There is no label where device {0} stands, at block {1}."),
    TAPE_CHECK_CANCELLED(5077, Kind.CONFLICT, "The check of device {0} was cancelled; nothing was changed."),
    TAPE_DONE(5078, Kind.INFORMATION, "{0} of {1}: {2}"),
    TAPE_NOT_DONE(5079, Kind.WARNING, "{0} of {1} failed: {2}"),
    TAPE_DUMP_PASSED(5080, Kind.WARNING, "Dump ''{0}'' was passed over with {1} items; read it with t-load."),
    MENU_RESTORE(
            5082,
            Kind.WARNING,
            "Makes all accounts of the tape in device {2} on node ''{0}''; of the {1} that are there now, those that are on the tape too stay, or are replaced if you say so."),
    TAPE_WHICH_DEVICE(5081, Kind.BAD_INPUT, "Say which device with --device; there are {0}."),
    TAPE_BROKEN_OFF(5340, Kind.UNAVAILABLE, "{0} on device {1} ended with the process of the node; {2}."),
    TAPE_OPTION_MEANS_NOTHING(5341, Kind.BAD_INPUT, "Option ''{0}'' of {1} means nothing here: {2}. Leave it out."),
    TAPE_OPTION_ANYWAY(5342, Kind.INFORMATION, "Option {0}: {1}, with it or without."),
    ITEM_IDS_UNUSABLE(
            5343,
            Kind.BAD_INPUT,
            "''{0}'' is no list of ids; put an id with a comma in quotation marks, and double those that are part of it."),
    TAPE_FILE_READ(5344, Kind.INFORMATION, "Reel {0}, block {1}: {2}; {3}."),
    TAPE_UNLOADED(5346, Kind.INFORMATION, "The tape in device {0} is at its beginning, and the device is detached."),
    TAPE_ASK_LATER(
            5349,
            Kind.INFORMATION,
            "What became of it says hot-backup tasks result {0}, and hot-backup list-jobs, as soon as the node runs again."),
    TAPE_NOTHING_TO_CANCEL(5347, Kind.INFORMATION, "Nothing works on device {0}."),
    MENU_TAPE_CANCEL(5348, Kind.WARNING, "Ends the {0}: {1}"),
    TAPE_BLOCKS_UNUSABLE(5345, Kind.BAD_INPUT, "{0} blocks cannot be shown at once; give a number from 1 to {1}."),
    TAPE_IMAGE_COMPRESSED(
            5400,
            Kind.CONFLICT,
            "The tape in device {0} is compressed, and nothing can be written behind what is on it; rewind it and write over all of it, or see to {1}."),
    TAPE_ACCOUNT_VANISHED(
            5401,
            Kind.WARNING,
            "Account ''{0}'' was deleted while it was saved; it is left out, or what was written of it is on the tape."),
    TAPE_HALF_RESTORED(5402, Kind.CONFLICT, "{0} Half restored, or gone: {1}; the same restore makes these anew."),
    TAPE_RESTORE_CLOSED(
            5403,
            Kind.CONFLICT,
            "This node was closed for updates in the middle of it; items restored before, which stand: {0}. Open it with hot-backup updates open and restore again."),
    TAPE_READ_DAMAGED(
            5404,
            Kind.CONFLICT,
            "{0} from device {1} ended with the tape, which is damaged: items restored {2}, which stand; places where something is lost or wrong {3}, which the report of the device names."),
    TAPE_CHECK_DAMAGED(
            5405,
            Kind.CONFLICT,
            "The tape is damaged: tape files {0}, items {1}, places where something is lost or wrong {2}, which the notes name."),
    TAPE_READ_LESS(
            5406,
            Kind.NOT_FOUND,
            "{0} from device {1} is done but for what is not on the tape: items restored {2}, not there {3}; the report of the device names them."),
    TAPE_NO_ITEM_THERE(
            5407, Kind.NOT_FOUND, "None of the {1} items that were named is on file {0}; the tape was not touched."),
    TAPE_DUMPED_LESS(
            5408,
            Kind.NOT_FOUND,
            "{0} on device {1} is done but for what is not on the file: items written {2}, not there {3}; the report of the device names them."),
    TAPE_NOT_REPLACED(5409, Kind.CONFLICT, "{0} Nothing was replaced or deleted."),
    TAPE_DAMAGES(
            5410, Kind.INFORMATION, "The {0} checked the tape first: places where something is lost or wrong {1}."),
    TAPE_ACCOUNT_WAS_HALF(
            5411, Kind.WARNING, "Account ''{0}'' was there by half since a restore of it broke off; it was made anew."),
    CAUSE_HALF_RESTORED(
            5412,
            Kind.WARNING,
            "Account ''{0}'' is half restored: the restore of it broke off. With the same tape {1} makes it anew; or delete it."),
    TAPE_CANCEL_LATE(5413, Kind.CONFLICT, "It was too late to cancel task {0}, it was over: {1}"),
    TAPE_LABEL_TOO_LONG(5414, Kind.BAD_INPUT, "Label ''{0}'' does not fit behind ''{1}''; give up to {2} characters."),
    TAPE_TASK_GOES_ON(
            5415, Kind.INFORMATION, "It goes on as task {0}; hot-backup tasks cancel {0} --confirm {0} ends it."),
    TAPE_LEFT_AS_IT_WAS(5487, Kind.UNAVAILABLE, "{0} The tape of device ''{1}'' is as it was before."),
    TAPE_TASK_MAY_GO_ON(
            5486,
            Kind.INFORMATION,
            "If the node has begun it, it goes on there: hot-backup t-status shows its task, and hot-backup tasks cancel ends that."),
    TAPE_DEVICE_BLANK(
            5416,
            Kind.CONFLICT,
            "Nothing is recorded on the tape in device {0}; see to its image, or take another device."),
    TAPE_IS_A_DUMP(
            5417, Kind.CONFLICT, "There is no account on the tape in device {0} but a dump; read it with t-load."),
    TAPE_CONFIRM_FILE(5418, Kind.CONFLICT, "Items of {0} would be replaced; give --confirm with {0} if they may be."),
    TAPE_FILE_NOT_SAVED(5419, Kind.INFORMATION, "File {0} is not saved, its D-pointer has X."),
    TAPE_NODE_STOPPED(
            5421,
            Kind.UNAVAILABLE,
            "{0} on device {1} ended because the node is being stopped; a tape in a file is as it was before, what was restored stands. Give it again after the start."),
    TAPE_FILE_LOG(
            5450,
            Kind.WARNING,
            "Reel {0}, block {1}: the transaction log is there, ''{2}''; it was passed over, tlog-restore applies it."),
    TAPE_BLOCK_SIZE_WRONG(
            5452,
            Kind.BAD_INPUT,
            "Reel {0}: block size {2} does not fit this tape, it looks like {3}; attach it with --block-size {3}, or without that option."),
    TAPE_FILE_WAS_HALF(
            5453, Kind.WARNING, "File ''{0}'' was there by half since a restore of it broke off; it was made anew."),
    CAUSE_FILE_HALF_RESTORED(
            5454,
            Kind.WARNING,
            "File ''{0}'' is half restored: the restore of it broke off. With the same tape {1} makes it anew; or delete it."),
    TAPE_LSN_FORGOTTEN(
            5476,
            Kind.INFORMATION,
            "The image held a log up to LSN {0}, which is forgotten, since accounts of another moment come into it; tlog-restore goes on only behind a whole save."),
    TAPE_LOG_READ(5451, Kind.INFORMATION, "Reel {0}, block {1}: {2}"),
    TAPE_FILE_EMPTY_SAVED(5420, Kind.INFORMATION, "File {0} is saved without its items, its D-pointer has Y.");

    /** What a message is about, and so what a surface makes of it: an exit status, an HTTP status, a colour. */
    public enum Kind {
        /** Something happened as asked. */
        INFORMATION,
        /** Goes on, but somebody should look. */
        WARNING,
        /** A peer was turned away. */
        REFUSAL,
        /** The caller gave something that cannot be used. */
        BAD_INPUT,
        /** What was named is not there. */
        NOT_FOUND,
        /** It cannot be done in the present state; nothing was changed. */
        CONFLICT,
        /** More than a limit allows. */
        TOO_LARGE,
        /** No room; nothing was changed. */
        FULL,
        /** The caller is nobody known. */
        UNAUTHENTICATED,
        /** The caller may not. */
        DENIED,
        /** It cannot be done now, perhaps later. */
        UNAVAILABLE,
        /** A fault of ours. */
        INTERNAL
    }

    /** How much people should care. */
    public enum Severity {
        INFORMATION,
        WARNING,
        ERROR;

        /** In small letters, for types and texts. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Control characters, and the separators of lines and paragraphs. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    /** What the number of every message begins with. */
    public static final String PREFIX = "HB";

    private final int number;
    private final Kind kind;
    private final String pattern;

    MessageCode(int number, Kind kind, String pattern) {
        this.number = number;
        this.kind = kind;
        this.pattern = pattern;
    }

    /** The id that users quote, for example {@code HB1010}. */
    public String id() {
        return PREFIX + number;
    }

    /** What the message is about. */
    public Kind kind() {
        return kind;
    }

    /** How much people should care: everything but information is for the notify list (HB-155). */
    public Severity severity() {
        return switch (kind) {
            case INFORMATION -> Severity.INFORMATION;
            case UNAVAILABLE, INTERNAL -> Severity.ERROR;
            default -> Severity.WARNING;
        };
    }

    /** The sentence, with these values in it; numbers are written without grouping. */
    public String text(Object... values) {
        Object[] shown = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            shown[i] = printable(String.valueOf(values[i]));
        }
        return new MessageFormat(pattern(shown), Locale.ROOT).format(shown);
    }

    /** One byte is not several. */
    private String pattern(Object... shown) {
        String singular = pattern;
        for (int i = 0; i < shown.length; i++) {
            if (shown[i].equals("1")) {
                singular = singular.replace("{" + i + "} bytes", "{" + i + "} byte");
            }
        }
        return singular;
    }

    /** Values come from anywhere: none may begin a line of its own, move the cursor or add a header to a mail. */
    private static String printable(String value) {
        return UNPRINTABLE
                .matcher(value)
                .replaceAll(
                        match -> String.format("\\\\x%02X", (int) match.group().charAt(0)));
    }
}
