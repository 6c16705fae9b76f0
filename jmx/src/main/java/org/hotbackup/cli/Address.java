package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Where users of a notify list get notices (HB-058). */
@Command(
        name = "address",
        mixinStandardHelpOptions = true,
        description = {
            "Says where a user on a notify list gets notices outside of a terminal, or lists all such addresses.",
            "Mail needs hotbackup.mail.host in the node's configuration."
        })
final class Address extends NodeVerb {

    @Parameters(arity = "0..1", index = "0", paramLabel = "USER", description = "The user.")
    String user;

    @Parameters(
            arity = "0..1",
            index = "1",
            paramLabel = "ADDRESS",
            description = "Of mail (bob@example.com), or an http: or https: address to post to; none if left out.")
    String address;

    @Override
    int run(NodeConnection connection) {
        if (user == null) {
            connection.notices().getAddresses().forEach(this::say);
            return HotBackup.DONE;
        }
        return answer(connection.notices().setAddress(user, address == null ? "" : address));
    }
}
