package org.hotbackup.txlog;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Limits;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.AccountCreated;
import org.hotbackup.model.Update.AccountDeleted;
import org.hotbackup.model.Update.FileCleared;
import org.hotbackup.model.Update.FileCreated;
import org.hotbackup.model.Update.FileDeleted;
import org.hotbackup.model.Update.FileRedefined;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.model.Update.RangeChecked;
import org.hotbackup.txlog.MalformedEntryException.Fault;

/**
 * The updates of one log entry as bytes, in the table {@code log_entry}, on the queue and on the link alike. All numbers
 * are big endian.
 *
 * <pre>
 *   1  layout version, 1
 *   4  number of files F; F times: account, file, section, each as length (1) and UTF-8
 *   4  number of updates U; U times:
 *        1  operation (see {@link Operation})
 *        4  index of its file
 *        write item:               id length (1), id, body length (4), body
 *        delete item:              id length (1), id
 *        create file or account,
 *        redefine file:            D-pointer length (4), D-pointer item
 *        check range:              number (8), after and up to: each id length (1, 0 for the edge of the file), id;
 *                                  items (8), bytes (8), SHA-256 (32), 1 with detail or 0 (1);
 *                                  with detail, for each item: id length (1), id, body length (4), SHA-256 (32)
 * </pre>
 */
public final class LogEntryCodec {

    private static final byte VERSION = 1;

    /** The operation codes: a code keeps its meaning for ever. Those below 16 change data. */
    enum Operation {
        WRITE_ITEM(1),
        DELETE_ITEM(2),
        CLEAR_FILE(3),
        CREATE_FILE(4),
        DELETE_FILE(5),
        CREATE_ACCOUNT(6),
        DELETE_ACCOUNT(7),
        REDEFINE_FILE(8),
        CHECK_RANGE(16);

        private final byte code;

        Operation(int code) {
            this.code = (byte) code;
        }

        static Operation of(byte code) throws MalformedEntryException {
            for (Operation operation : values()) {
                if (operation.code == code) {
                    return operation;
                }
            }
            throw new MalformedEntryException(Fault.UNKNOWN_CODE, "unknown operation code " + code);
        }

        static Operation of(Update update) {
            if (update instanceof ItemWritten) {
                return WRITE_ITEM;
            } else if (update instanceof ItemDeleted) {
                return DELETE_ITEM;
            } else if (update instanceof FileCleared) {
                return CLEAR_FILE;
            } else if (update instanceof FileCreated) {
                return CREATE_FILE;
            } else if (update instanceof FileDeleted) {
                return DELETE_FILE;
            } else if (update instanceof AccountCreated) {
                return CREATE_ACCOUNT;
            } else if (update instanceof FileRedefined) {
                return REDEFINE_FILE;
            } else if (update instanceof RangeChecked) {
                return CHECK_RANGE;
            }
            return DELETE_ACCOUNT;
        }
    }

    private LogEntryCodec() {}

    /** The updates, in their order, as bytes. */
    public static byte[] encode(List<Update> updates) {
        Map<FilePath, Integer> files = new LinkedHashMap<>();
        long size = 1 + 4 + 4;
        for (Update update : updates) {
            if (files.putIfAbsent(update.file(), files.size()) == null) {
                size += size(update.file());
            }
            size += 1 + 4 + size(update);
        }
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size));
        out.put(VERSION).putInt(files.size());
        for (FilePath file : files.keySet()) {
            putName(out, file.account());
            putName(out, file.file());
            putName(out, file.section());
        }
        out.putInt(updates.size());
        for (Update update : updates) {
            out.put(Operation.of(update).code).putInt(files.get(update.file()));
            if (update instanceof ItemWritten written) {
                putId(out, written.id());
                out.putInt(written.body().length).put(written.body());
            } else if (update instanceof ItemDeleted deleted) {
                putId(out, deleted.id());
            } else if (update instanceof FileCreated created) {
                putPointer(out, created.pointer());
            } else if (update instanceof AccountCreated created) {
                putPointer(out, created.pointer());
            } else if (update instanceof FileRedefined redefined) {
                putPointer(out, redefined.pointer());
            } else if (update instanceof RangeChecked checked) {
                RangeCheckCodec.put(out, checked.check());
            }
        }
        return out.array();
    }

    /**
     * The updates that these bytes hold.
     *
     * @throws MalformedEntryException if they are not exactly what {@link #encode} writes
     */
    public static List<Update> decode(byte[] payload) throws MalformedEntryException {
        ByteBuffer in = ByteBuffer.wrap(payload);
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw new MalformedEntryException(Fault.UNKNOWN_CODE, "unknown layout version " + version);
            }
            int fileCount = count(in, 3);
            List<FilePath> files = new ArrayList<>(fileCount);
            for (int i = 0; i < fileCount; i++) {
                files.add(new FilePath(name(in), name(in), name(in)));
            }
            int updateCount = count(in, 5);
            List<Update> updates = new ArrayList<>(updateCount);
            for (int i = 0; i < updateCount; i++) {
                updates.add(update(in, files));
            }
            if (in.hasRemaining()) {
                throw new MalformedEntryException(Fault.LENGTH, in.remaining() + " bytes too many");
            }
            return updates;
        } catch (BufferUnderflowException e) {
            throw new MalformedEntryException(Fault.LENGTH, "it ends too early");
        } catch (Refusal e) {
            throw new MalformedEntryException(Fault.CONTENT, e.getMessage());
        }
    }

    private static Update update(ByteBuffer in, List<FilePath> files) throws MalformedEntryException {
        Operation operation = Operation.of(in.get());
        int index = in.getInt();
        if (index < 0 || index >= files.size()) {
            throw new MalformedEntryException(Fault.CONTENT, "file index " + index + " of " + files.size());
        }
        FilePath file = files.get(index);
        return switch (operation) {
            case WRITE_ITEM -> new ItemWritten(file, id(in), bytes(in, length(in, Limits.MAX_ITEM_BYTES)));
            case DELETE_ITEM -> new ItemDeleted(file, id(in));
            case CLEAR_FILE -> new FileCleared(file);
            case CREATE_FILE -> new FileCreated(file, pointer(in));
            case DELETE_FILE -> new FileDeleted(file);
            case CREATE_ACCOUNT -> new AccountCreated(file, pointer(in));
            case DELETE_ACCOUNT -> new AccountDeleted(file);
            case REDEFINE_FILE -> new FileRedefined(file, pointer(in));
            case CHECK_RANGE -> new RangeChecked(file, RangeCheckCodec.get(in));
        };
    }

    private static int size(FilePath file) {
        return 3 + utf8(file.account()).length + utf8(file.file()).length + utf8(file.section()).length;
    }

    private static long size(Update update) {
        if (update instanceof ItemWritten written) {
            return 1 + written.id().length() + 4 + written.body().length;
        } else if (update instanceof ItemDeleted deleted) {
            return 1 + deleted.id().length();
        } else if (update instanceof FileCreated created) {
            return 4 + created.pointer().bytes().length;
        } else if (update instanceof AccountCreated created) {
            return 4 + created.pointer().bytes().length;
        } else if (update instanceof FileRedefined redefined) {
            return 4 + redefined.pointer().bytes().length;
        } else if (update instanceof RangeChecked checked) {
            return RangeCheckCodec.size(checked.check());
        }
        return 0;
    }

    private static void putName(ByteBuffer out, String name) {
        byte[] utf8 = utf8(name);
        out.put((byte) utf8.length).put(utf8);
    }

    static void putId(ByteBuffer out, ItemId id) {
        out.put((byte) id.length()).put(id.bytes());
    }

    private static void putPointer(ByteBuffer out, DPointer pointer) {
        out.putInt(pointer.bytes().length).put(pointer.bytes());
    }

    private static String name(ByteBuffer in) {
        return new String(bytes(in, in.get() & 0xFF), StandardCharsets.UTF_8);
    }

    static ItemId id(ByteBuffer in) {
        return ItemId.of(bytes(in, in.get() & 0xFF));
    }

    private static DPointer pointer(ByteBuffer in) throws MalformedEntryException {
        return DPointer.ofItem(bytes(in, length(in, Limits.MAX_ITEM_BYTES)));
    }

    /** A count of things that take at least {@code smallest} bytes each: checked before room is made for them. */
    private static int count(ByteBuffer in, int smallest) throws MalformedEntryException {
        int count = in.getInt();
        if (count < 0 || (long) count * smallest > in.remaining()) {
            throw new MalformedEntryException(
                    Fault.LENGTH, "a count of " + count + " with " + in.remaining() + " bytes to come");
        }
        return count;
    }

    static int length(ByteBuffer in, int most) throws MalformedEntryException {
        int length = in.getInt();
        if (length < 0 || length > most) {
            throw new MalformedEntryException(Fault.LENGTH, "a length of " + length);
        }
        return length;
    }

    static byte[] bytes(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
