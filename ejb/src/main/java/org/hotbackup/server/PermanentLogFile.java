package org.hotbackup.server;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.SystemFiles;

/**
 * The file of the permanent log, {@code dm,hb.log,log}: read in pages by item id (HB-095) and cleared in pieces (HB-096).
 * An item is a message: server, number, text, time; its id begins with the time, so ids are in the order of time.
 * Thread-safe.
 */
public final class PermanentLogFile {

    /** The most messages on a page. */
    public static final int LONGEST_PAGE = 1_000;

    /** The most entries that one search looks at. */
    static final int SEARCHED_AT_ONCE = 20_000;

    private static final int PIECE = 500;
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS").withZone(ZoneOffset.UTC);

    /** The id of a message, or the place of a date or time. */
    private static final Pattern PLACE = Pattern.compile("[0-9]{17}(-[0-9]{6})?");

    private final FilePath path;
    private final SystemFiles files;
    private final Clock clock;

    PermanentLogFile(SystemFiles files, Clock clock) {
        this(SystemPaths.PERMANENT_LOG, files, clock);
    }

    /** One of other servers, in another file. */
    PermanentLogFile(FilePath path, SystemFiles files, Clock clock) {
        this.path = path;
        this.files = files;
        this.clock = clock;
    }

    /** The id of the message with this number that is said at this time. */
    static ItemId id(Instant time, long number) {
        return ItemId.of(ID.format(time) + String.format("-%06d", number % 1_000_000));
    }

    /** A message as an item. */
    static StoredItem item(ItemId id, LogMessage message) {
        byte[] body = DynamicArray.ofAttributes(message.server(), message.messageId(), message.text(), message.time())
                .bytes();
        return new StoredItem(id, body);
    }

    private static LogMessage message(StoredItem item) {
        DynamicArray entry = DynamicArray.of(item.body());
        return new LogMessage(
                item.id().toString(), entry.extract(4), entry.extract(1), entry.extract(2), entry.extract(3));
    }

    /** Adds messages, all or none. */
    void add(List<StoredItem> items) {
        files.writeAll(path, items);
    }

    /**
     * The messages after an id, which may be empty for the beginning.
     *
     * @throws Refusal if it is no id of a message
     */
    public LogPage next(String after, int limit) {
        return next(idOrNull(after), checked(limit));
    }

    private LogPage next(ItemId after, int limit) {
        List<StoredItem> items = files.items(path, after, limit);
        String reached = items.isEmpty() ? "" : items.get(items.size() - 1).id().toString();
        return new LogPage(items.stream().map(PermanentLogFile::message).toList(), reached, items.size() == limit);
    }

    /**
     * The messages just before an id, which may be empty for the end.
     *
     * @throws Refusal if it is no id of a message
     */
    public LogPage back(String before, int limit) {
        int most = checked(limit);
        List<StoredItem> items = files.itemsBefore(path, idOrNull(before), most);
        String reached = items.isEmpty() ? "" : items.get(0).id().toString();
        return new LogPage(items.stream().map(PermanentLogFile::message).toList(), reached, items.size() == most);
    }

    /**
     * The messages from a date or time on.
     *
     * @throws Refusal if {@code when} is neither
     */
    public LogPage from(String when, int limit) {
        return next(placeOf(when), limit);
    }

    /**
     * The place of a date or time: before every message of that moment or later, after every earlier one.
     *
     * @throws Refusal if {@code when} is neither
     */
    public String placeOf(String when) {
        return ID.format(LogTime.parse(when, clock));
    }

    /**
     * The messages after an id whose line contains a text, in capitals or not.
     *
     * @throws Refusal if it is no id of a message
     */
    public LogPage search(String text, String after, int limit) {
        int most = checked(limit);
        String wanted = text.toLowerCase(Locale.ROOT);
        List<LogMessage> found = new ArrayList<>();
        String reached = after;
        for (int looked = 0; looked < SEARCHED_AT_ONCE; looked += PIECE) {
            LogPage piece = next(reached, PIECE);
            for (LogMessage message : piece.messages()) {
                reached = message.id();
                if (message.toString().toLowerCase(Locale.ROOT).contains(wanted)) {
                    found.add(message);
                    if (found.size() == most) {
                        return new LogPage(found, reached, true);
                    }
                }
            }
            if (!piece.more()) {
                return new LogPage(found, reached, false);
            }
        }
        return new LogPage(found, reached, true);
    }

    /**
     * Deletes all messages that are there now, in pieces of one transaction each: whatever ends it leaves a shorter log.
     *
     * @return how many there were
     */
    long clear() {
        List<StoredItem> last = files.itemsBefore(path, null, 1);
        return last.isEmpty() ? 0 : clearTo(last.get(0).id());
    }

    /** How many messages there are. */
    long count() {
        return count(id -> true);
    }

    /** How many messages there are from before a time. */
    long countBefore(Instant time) {
        ItemId end = ItemId.of(ID.format(time));
        return count(id -> id.compareTo(end) <= 0);
    }

    /** How many there are at the beginning that are like that. */
    private long count(Predicate<ItemId> isCounted) {
        long count = 0;
        List<StoredItem> page = files.items(path, null, PIECE);
        while (!page.isEmpty()) {
            long counted =
                    page.stream().map(StoredItem::id).takeWhile(isCounted).count();
            count += counted;
            page = counted < page.size()
                    ? List.of()
                    : files.items(path, page.get(page.size() - 1).id(), PIECE);
        }
        return count;
    }

    /**
     * Deletes the oldest messages.
     *
     * @return how many, {@value #PIECE} at most
     */
    long cut(long messages) {
        List<ItemId> oldest = files.items(path, null, (int) Math.min(PIECE, messages)).stream()
                .map(StoredItem::id)
                .toList();
        files.deleteAll(path, oldest);
        return oldest.size();
    }

    /**
     * Deletes the messages from before a time, as {@link #clear()} does.
     *
     * @return how many there were
     */
    long clearBefore(Instant time) {
        return clearTo(ItemId.of(ID.format(time)));
    }

    private long clearTo(ItemId end) {
        long cleared = 0;
        List<ItemId> piece = firstIds(end);
        while (!piece.isEmpty()) {
            files.deleteAll(path, piece);
            cleared += piece.size();
            piece = firstIds(end);
        }
        return cleared;
    }

    private List<ItemId> firstIds(ItemId end) {
        return files.items(path, null, PIECE).stream()
                .map(StoredItem::id)
                .filter(id -> id.compareTo(end) <= 0)
                .toList();
    }

    private static ItemId idOrNull(String id) {
        if (id == null || id.isEmpty()) {
            return null;
        }
        if (!PLACE.matcher(id).matches()) {
            throw new Refusal(MessageCode.NO_LOG_ID, id);
        }
        return ItemId.of(id);
    }

    private static int checked(int limit) {
        return Math.max(1, Math.min(LONGEST_PAGE, limit));
    }
}
