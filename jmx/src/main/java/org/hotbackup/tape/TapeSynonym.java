package org.hotbackup.tape;

import java.util.Optional;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;

/**
 * A Q record: one more D-pointer to a file that the save holds under another name (docs/tape-format.md 4).
 *
 * @param holder the master dictionary or dictionary in which the name stands; empty if no account was begun
 * @param name the name
 * @param target the file that it means; empty if the save has not defined it
 * @param pointer the bytes of the D-pointer
 */
public record TapeSynonym(Optional<FilePath> holder, String name, Optional<TapeFile> target, byte[] pointer) {

    /**
     * The item that says the same here, to be written under {@link #name} into {@link #holder}: a Q-pointer, or the bytes
     * of the D-pointer if it means no file that stands in an account.
     */
    public byte[] item() {
        return target.flatMap(TapeFile::path)
                .map(path -> DynamicArray.ofAttributes("Q", path.account(), path.file())
                        .bytes())
                .orElse(pointer);
    }
}
