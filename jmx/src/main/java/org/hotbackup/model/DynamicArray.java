package org.hotbackup.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An item's body seen as attributes of values of subvalues (docs/data-model.md 1), numbered from 1. The bytes are kept
 * as they are: reading nothing changes nothing. Text goes in and out as UTF-8. Not thread-safe.
 */
public final class DynamicArray {

    private byte[] bytes;

    private DynamicArray(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The dynamic array whose bytes these are; they are copied. */
    public static DynamicArray of(byte[] bytes) {
        return new DynamicArray(bytes.clone());
    }

    /** One attribute for each text, from attribute 1 on. */
    public static DynamicArray ofAttributes(String... attributes) {
        DynamicArray array = new DynamicArray(new byte[0]);
        for (int i = 0; i < attributes.length; i++) {
            array.replace(i + 1, attributes[i]);
        }
        return array;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many attributes there are; 0 only if there is no byte at all. */
    public int attributeCount() {
        return bytes.length == 0 ? 0 : split(bytes, Marks.ATTRIBUTE).size();
    }

    /** How many values attribute {@code attribute} has; 0 if it is empty or missing. */
    public int valueCount(int attribute) {
        byte[] part = part(bytes, Marks.ATTRIBUTE, attribute);
        return part.length == 0 ? 0 : split(part, Marks.VALUE).size();
    }

    /** The whole attribute as text, empty if missing. */
    public String extract(int attribute) {
        return text(part(bytes, Marks.ATTRIBUTE, attribute));
    }

    /** One value as text, empty if missing. */
    public String extract(int attribute, int value) {
        return text(part(part(bytes, Marks.ATTRIBUTE, attribute), Marks.VALUE, value));
    }

    /** One subvalue as text, empty if missing. */
    public String extract(int attribute, int value, int subvalue) {
        byte[] values = part(bytes, Marks.ATTRIBUTE, attribute);
        return text(part(part(values, Marks.VALUE, value), Marks.SUBVALUE, subvalue));
    }

    /** All values of an attribute as text; an empty list if it is empty or missing. */
    public List<String> values(int attribute) {
        byte[] part = part(bytes, Marks.ATTRIBUTE, attribute);
        if (part.length == 0) {
            return List.of();
        }
        return split(part, Marks.VALUE).stream().map(DynamicArray::text).toList();
    }

    /** Sets the whole attribute, adding empty ones before it if there are too few. */
    public DynamicArray replace(int attribute, String text) {
        bytes = replaced(bytes, Marks.ATTRIBUTE, attribute, raw(text));
        return this;
    }

    /** Sets one value, adding empty ones before it if there are too few. */
    public DynamicArray replace(int attribute, int value, String text) {
        byte[] changed = replaced(part(bytes, Marks.ATTRIBUTE, attribute), Marks.VALUE, value, raw(text));
        bytes = replaced(bytes, Marks.ATTRIBUTE, attribute, changed);
        return this;
    }

    /** Sets one subvalue, adding empty ones before it if there are too few. */
    public DynamicArray replace(int attribute, int value, int subvalue, String text) {
        byte[] values = part(bytes, Marks.ATTRIBUTE, attribute);
        byte[] changed = replaced(part(values, Marks.VALUE, value), Marks.SUBVALUE, subvalue, raw(text));
        bytes = replaced(bytes, Marks.ATTRIBUTE, attribute, replaced(values, Marks.VALUE, value, changed));
        return this;
    }

    /** Sets the values of an attribute. */
    public DynamicArray replaceValues(int attribute, List<String> values) {
        bytes = replaced(
                bytes,
                Marks.ATTRIBUTE,
                attribute,
                join(values.stream().map(DynamicArray::raw).toList(), Marks.VALUE));
        return this;
    }

    private static byte[] part(byte[] whole, byte mark, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("attributes, values and subvalues are numbered from 1, not " + number);
        }
        int start = 0;
        int seen = 1;
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == mark) {
                if (seen == number) {
                    return slice(whole, start, i);
                }
                seen++;
                start = i + 1;
            }
        }
        return seen == number ? slice(whole, start, whole.length) : new byte[0];
    }

    private static byte[] replaced(byte[] whole, byte mark, int number, byte[] content) {
        if (number < 1) {
            throw new IllegalArgumentException("attributes, values and subvalues are numbered from 1, not " + number);
        }
        List<byte[]> parts = new ArrayList<>(split(whole, mark));
        while (parts.size() < number) {
            parts.add(new byte[0]);
        }
        parts.set(number - 1, content);
        return join(parts, mark);
    }

    private static List<byte[]> split(byte[] whole, byte mark) {
        List<byte[]> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == mark) {
                parts.add(slice(whole, start, i));
                start = i + 1;
            }
        }
        parts.add(slice(whole, start, whole.length));
        return parts;
    }

    private static byte[] join(List<byte[]> parts, byte mark) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                joined.write(mark);
            }
            joined.writeBytes(parts.get(i));
        }
        return joined.toByteArray();
    }

    private static byte[] slice(byte[] whole, int from, int to) {
        byte[] part = new byte[to - from];
        System.arraycopy(whole, from, part, 0, part.length);
        return part;
    }

    private static byte[] raw(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] raw) {
        return new String(raw, StandardCharsets.UTF_8);
    }
}
