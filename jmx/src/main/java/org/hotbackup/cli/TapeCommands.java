package org.hotbackup.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.tape.BlockFormat;
import org.hotbackup.tape.LogTapeCheck;
import org.hotbackup.tape.LogTapeReport;
import org.hotbackup.tape.TapeCheck;
import org.hotbackup.tape.TapeFileSummary;
import org.hotbackup.tape.TapeReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hot-backup tape ...}: images of tapes, without a node. */
@Command(
        name = "tape",
        mixinStandardHelpOptions = true,
        description = "Looks at images of tapes, without a node.",
        subcommands = TapeCommands.Verify.class)
final class TapeCommands implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: verify.");
    }

    /** Checks an image. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Reads an image of a tape to its end, as a restore does, and lists what is on it: saves and dumps of this or "
                        + "another Pick system, or the transaction log, plain or compressed with gzip. Nothing is restored and nothing is "
                        + "changed.",
                "Each note names what is not as it should be, by reel and block; with exit status 1 the tape cannot be read "
                        + "to its end, is damaged, nothing marks its end, or not all of it can be restored here. Only a tape of "
                        + "Hot Backup proves that no block of it is missing or was changed: that one is called whole."
            })
    static final class Verify implements Callable<Integer> {

        private static final int BUFFER_BYTES = 256 * 1024;
        private static final int GZIP_MAGIC = 0x1F8B;

        @Parameters(paramLabel = "FILE", description = "The image, or that of the first reel.")
        Path image;

        @Option(
                names = "--reel",
                paramLabel = "FILE",
                description =
                        "The image of the next reel; once for each, in their order. If none is given, FILE-2, FILE-3 and so on"
                                + " are, as far as they are there.")
        List<Path> reels = List.of();

        @Option(
                names = "--block-size",
                paramLabel = "BYTES",
                description = "The bytes of data in a block, 500 for a pseudo-floppy; only if the image does not tell.")
        Integer blockSize;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() {
            List<Path> images = new ArrayList<>(List.of(image));
            images.addAll(reels.isEmpty() ? found() : reels);
            for (Path path : images) {
                if (!Files.isReadable(path) || Files.isDirectory(path)) {
                    throw new Refusal(MessageCode.TAPE_IMAGE_UNREADABLE, path);
                }
            }
            Optional<LogTapeReport> log =
                    images.size() == 1 && Files.isRegularFile(image) ? logOn(image) : Optional.empty();
            if (log.isPresent()) {
                int shown = Output.of(spec).answer(log.get().message(), log::get);
                return log.get().outcome() == TapeReport.Outcome.WHOLE ? shown : HotBackup.REFUSED;
            }
            TapeReport report = TapeCheck.of(
                    (number, needed) ->
                            number <= images.size() ? Optional.of(open(images.get(number - 1))) : Optional.empty(),
                    Optional.ofNullable(blockSize).map(BlockFormat::of));
            int status = Output.of(spec).answer(text(report), () -> report);
            return report.outcome().isGood() ? status : HotBackup.REFUSED;
        }

        /** The further reels as a pseudo-tape device writes them. */
        private List<Path> found() {
            List<Path> found = new ArrayList<>();
            Path next = image.resolveSibling(image.getFileName() + "-2");
            while (Files.isReadable(next)) {
                found.add(next);
                next = image.resolveSibling(image.getFileName() + "-" + (found.size() + 2));
            }
            return found;
        }

        private static Optional<LogTapeReport> logOn(Path path) {
            try (InputStream in = open(path)) {
                return LogTapeCheck.of(in);
            } catch (IOException e) {
                throw new Refusal(MessageCode.TAPE_IMAGE_UNREADABLE, path);
            }
        }

        private static InputStream open(Path path) throws IOException {
            InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
            try {
                in.mark(2);
                int magic = in.read() << 8 | in.read();
                in.reset();
                return magic == GZIP_MAGIC ? new BufferedInputStream(new GZIPInputStream(in), BUFFER_BYTES) : in;
            } catch (IOException e) {
                in.close();
                throw e;
            }
        }

        private static String text(TapeReport report) {
            StringBuilder text = new StringBuilder();
            if (!report.files().isEmpty()) {
                text.append(table(report)).append(System.lineSeparator());
            }
            if (report.fileCount() > report.files().size()) {
                text.append("and ").append(report.fileCount() - report.files().size());
                text.append(" more tape files").append(System.lineSeparator());
            }
            report.notes().forEach(note -> text.append(note.sentence()).append(System.lineSeparator()));
            if (report.noteCount() > report.notes().size()) {
                text.append("and ").append(report.noteCount() - report.notes().size());
                text.append(" more notes").append(System.lineSeparator());
            }
            return text.append(report.message()).toString();
        }

        private static TextTable table(TapeReport report) {
            TextTable table = new TextTable(
                    "Reel", "Block", "Tape file", "Kind", "Blocks", "Files", "Items", "Binary", "Bytes", "End");
            for (TapeFileSummary file : report.files()) {
                table.add(
                        Integer.toString(file.reel()),
                        Long.toString(file.block()),
                        printable(file.label()),
                        file.kind().name().toLowerCase(Locale.ROOT),
                        Long.toString(file.blocks()),
                        Long.toString(file.accounts() + file.dictionaries() + file.sections()),
                        Long.toString(file.items()),
                        Long.toString(file.binaryItems()),
                        Long.toString(file.bytes()),
                        file.end());
            }
            return table;
        }

        /** A label of a strange tape must not move the cursor. */
        private static String printable(String label) {
            return label.replaceAll("\\p{Cntrl}", ".");
        }
    }
}
