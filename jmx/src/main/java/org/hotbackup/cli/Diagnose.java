package org.hotbackup.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.Cause;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.SupportPart;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is wrong with a node, and what to type next. */
@Command(
        name = "diagnose",
        mixinStandardHelpOptions = true,
        description = "Says what is wrong with a node: causes, the most likely first, with what was seen and the next "
                + "command to type. The exit status is 0 if nothing is wrong, 1 if something is.")
final class Diagnose extends NodeVerb {

    private static final String NOTICE = "notice";

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description =
                    "Also writes all that support needs into a new zip file: causes, figures, statuses, settings, the"
                            + " ends of the logs, samples; no secret and no item.")
    Path bundle;

    @Override
    int run(NodeConnection connection) {
        NodeMXBean of = connection.node();
        if (bundle != null) {
            write(of.support());
        }
        List<Cause> causes = of.diagnose();
        answer(of.diagnoseText(), () -> document(of, causes));
        if (bundle != null) {
            say(MessageCode.BUNDLE_WRITTEN.text(of.getName(), bundle));
        }
        return causes.stream().allMatch(cause -> cause.severity().equals(NOTICE)) ? HotBackup.DONE : HotBackup.REFUSED;
    }

    /** All of it or no file; only its owner may read it. */
    private void write(List<SupportPart> parts) {
        try {
            ByteArrayOutputStream zip = new ByteArrayOutputStream();
            SupportPart.zip(parts, zip);
            Files.createFile(
                    bundle, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(bundle, zip.toByteArray());
        } catch (FileAlreadyExistsException e) {
            throw new Refusal(MessageCode.FILE_THERE, bundle);
        } catch (IOException e) {
            throw new Refusal(MessageCode.FILE_NOT_WRITTEN, bundle);
        }
    }

    private Map<String, Object> document(NodeMXBean of, List<Cause> causes) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("node", of.getName());
        document.put("health", of.getHealth());
        document.put("causes", causes);
        if (bundle != null) {
            document.put("bundle", bundle.toString());
        }
        return document;
    }
}
