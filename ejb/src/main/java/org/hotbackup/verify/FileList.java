package org.hotbackup.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.verify.CheckReport.Finding;

/**
 * Which files there are, compared as if {@code dm,file-of-files} held an item for each: its id the path, its body empty, or
 * one byte if the section is logged. The slave must have every section that the master logs; one with an L that it has
 * beyond them differs if its account is the master's. Paths of more than {@value ItemId#MAX_BYTES} bytes are left out.
 */
public final class FileList {

    /** The section that stands for the list. */
    public static final FilePath PATH = FilePath.data("dm", "file-of-files");

    private static final ItemSum LOGGED = RangeSum.of(new byte[] {'L'});
    private static final ItemSum NOT_LOGGED = RangeSum.of(new byte[0]);

    private FileList() {}

    /** The id of a section's item, empty if its path is too long for one. */
    public static Optional<ItemId> id(FilePath file) {
        byte[] text = file.toString().getBytes(StandardCharsets.UTF_8);
        return text.length > ItemId.MAX_BYTES ? Optional.empty() : Optional.of(ItemId.of(text));
    }

    /**
     * What the list amounts to on the master, with detail.
     *
     * @param files all sections but the system's own in account dm, with that account's MD
     * @param logged those of them that are logged
     */
    public static RangeCheck check(long number, List<FilePath> files, List<FilePath> logged) {
        SortedMap<ItemId, ItemSum> detail = new TreeMap<>();
        files.forEach(file -> id(file).ifPresent(id -> detail.put(id, NOT_LOGGED)));
        logged.forEach(file -> id(file).ifPresent(id -> detail.put(id, LOGGED)));
        RangeSum sum = new RangeSum();
        detail.forEach((id, body) -> sum.add(id, new byte[body.bytes()]));
        return new RangeCheck(
                number,
                Optional.empty(),
                Optional.empty(),
                sum.items(),
                sum.bytes(),
                sum.digest(),
                Optional.of(detail));
    }

    /**
     * Compares the slave's sections with those of the master.
     *
     * @param files all sections of the slave but those that it never changes (HB-122)
     */
    public static CheckReport compare(RangeCheck check, List<FileDefinition> files) {
        SortedMap<ItemId, ItemSum> onMaster = check.detail().orElseGet(TreeMap::new);
        SortedMap<ItemId, Difference> differences = new TreeMap<>();
        onMaster.forEach((id, sum) -> {
            if (sum.equals(LOGGED)) {
                differences.put(id, new Difference(id, Optional.of(sum), Optional.empty()));
            }
        });
        for (FileDefinition file : files) {
            id(file.path()).ifPresent(id -> {
                differences.remove(id);
                boolean ofMaster = id(FilePath.masterDictionary(file.path().account()))
                        .filter(onMaster::containsKey)
                        .isPresent();
                if (!onMaster.containsKey(id) && ofMaster && file.pointer().has('L')) {
                    differences.put(id, new Difference(id, Optional.empty(), Optional.of(LOGGED)));
                }
            });
        }
        List<Difference> told = new ArrayList<>(differences.values());
        boolean more = told.size() > CheckReport.MOST_DIFFERENCES;
        return new CheckReport(
                check.number(),
                told.isEmpty() ? Finding.EQUAL : Finding.DIFFERENT,
                List.copyOf(more ? told.subList(0, CheckReport.MOST_DIFFERENCES) : told),
                more);
    }
}
