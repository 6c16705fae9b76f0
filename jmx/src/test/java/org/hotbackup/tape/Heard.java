package org.hotbackup.tape;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.model.ItemId;

/** Everything that a tape told, in its order and in words that tests can compare. */
final class Heard implements TapeHandler {

    final List<TapeLabel> labels = new ArrayList<>();
    final List<TapeFile> files = new ArrayList<>();
    final List<TapeSynonym> synonyms = new ArrayList<>();
    final List<Item> items = new ArrayList<>();
    final List<TapeNote> notes = new ArrayList<>();
    final List<TapeFileSummary> summaries = new ArrayList<>();

    /** An item and where it was. */
    record Item(String file, ItemId id, byte[] body, ItemForm form) {

        /** File, id and attributes, marks as people know them, and the form if it is not plain. */
        String text() {
            return file + " " + id + "^" + Fixture.shown(body) + (form == ItemForm.PLAIN ? "" : " " + form);
        }
    }

    /** Reads images as the reels of one tape. */
    static Heard of(byte[]... reels) {
        Heard heard = new Heard();
        new TapeReader(reels(reels), heard).readAll();
        return heard;
    }

    static ReelSource reels(byte[]... reels) {
        return (number, needed) -> number <= reels.length
                ? Optional.<InputStream>of(new ByteArrayInputStream(reels[number - 1]))
                : Optional.empty();
    }

    List<String> itemTexts() {
        return items.stream().map(Item::text).toList();
    }

    List<String> noteTexts() {
        return notes.stream()
                .map(note -> (note.loss() ? "LOSS " : "") + note.code().id() + " " + note.sentence())
                .toList();
    }

    @Override
    public void label(TapeLabel label) {
        labels.add(label);
    }

    @Override
    public void file(TapeFile file) {
        files.add(file);
    }

    @Override
    public void synonym(TapeSynonym synonym) {
        synonyms.add(synonym);
    }

    @Override
    public void item(TapeFile file, ItemId id, byte[] body, ItemForm form) {
        items.add(new Item(file.toString(), id, body, form));
    }

    @Override
    public void note(TapeNote note) {
        notes.add(note);
    }

    @Override
    public void ended(TapeFileSummary summary) {
        summaries.add(summary);
    }
}
