package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.cli.CommandLineTester.hotBackup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image is checked in the process of the command; no node is there. */
@Tag("TAPE-12")
class TapeVerifyTest {

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        TapeImages.write(folder);
    }

    private CommandLineTester verify(String... arguments) {
        String[] words = Arrays.copyOf(new String[] {"tape", "verify"}, 2 + arguments.length);
        System.arraycopy(arguments, 0, words, 2, arguments.length);
        return hotBackup(words);
    }

    private String image(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void shouldSayWhatIsOnAWholeTapeAndLeaveItAsItIs() throws IOException {
        byte[] before = Files.readAllBytes(folder.resolve("save-1"));

        CommandLineTester result = verify(image("save-1"), "--reel", image("save-2"));

        assertThat(result.status()).isZero();
        assertThat(result.out()).containsPattern("DATA shop WEEK 27 +save +8 ").contains("The tape is whole");
        assertThat(Files.readAllBytes(folder.resolve("save-1"))).isEqualTo(before);
    }

    @Test
    void shouldNotSayThatATapeIsWholeWhoseSecondReelIsMissing() {
        CommandLineTester result = verify(image("save-1"));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("Reel 1 ends after block 13 without the two filemarks");
    }

    @Test
    void shouldNameTheBlockAtWhichATapeIsBroken() throws IOException {
        byte[] image = Files.readAllBytes(folder.resolve("save-1"));
        Files.write(folder.resolve("cut"), Arrays.copyOf(image, 3000));

        CommandLineTester result = verify(image("cut"));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("Reel 1 ends within block 5, after 440 of its 512 bytes");
    }

    @Test
    void shouldNameWhatCannotBeRestored() {
        CommandLineTester result = verify(image("losses.gz"));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("item 'lost' was left out, for file 7 is not defined before it.");
    }
}
