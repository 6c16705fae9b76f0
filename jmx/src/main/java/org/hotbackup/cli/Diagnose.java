package org.hotbackup.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.Cause;
import org.hotbackup.control.NodeMXBean;
import picocli.CommandLine.Command;

/** What is wrong with a node, and what to type next. */
@Command(
        name = "diagnose",
        mixinStandardHelpOptions = true,
        description = "Says what is wrong with a node: causes, the most likely first, with what was seen and the next "
                + "command to type. The exit status is 0 if nothing is wrong, 1 if something is.")
final class Diagnose extends NodeVerb {

    private static final String NOTICE = "notice";

    @Override
    int run(NodeConnection connection) {
        NodeMXBean of = connection.node();
        List<Cause> causes = of.diagnose();
        answer(of.diagnoseText(), () -> document(of, causes));
        return causes.stream().allMatch(cause -> cause.severity().equals(NOTICE)) ? HotBackup.DONE : HotBackup.REFUSED;
    }

    private static Map<String, Object> document(NodeMXBean of, List<Cause> causes) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("node", of.getName());
        document.put("health", of.getHealth());
        document.put("causes", causes);
        return document;
    }
}
