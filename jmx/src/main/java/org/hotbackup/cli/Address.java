package org.hotbackup.cli;

import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where users of a notify list get notices (HB-058). */
@Command(
        name = "address",
        mixinStandardHelpOptions = true,
        description = {
            "Says where a user on a notify list gets notices outside of a terminal, or shows such addresses.",
            "Mail needs hotbackup.mail.host in the node's configuration."
        })
final class Address extends NodeVerb {

    @Parameters(arity = "0..1", index = "0", paramLabel = "USER", description = "The user.")
    String user;

    @Parameters(
            arity = "0..1",
            index = "1",
            paramLabel = "ADDRESS",
            description = "Of mail (bob@example.com), or an http: or https: address to post to.")
    String address;

    @Option(names = "--remove", description = "Takes the user's address away.")
    boolean remove;

    @Override
    int run(NodeConnection connection) {
        if (remove && (user == null || address != null)) {
            throw new Refusal(MessageCode.USAGE, "Write --remove with a user and without an address.");
        }
        if (address == null && !remove) {
            List<String> addresses = connection.notices().getAddresses().stream()
                    .filter(line -> user == null || line.startsWith(user + "="))
                    .toList();
            return answer(addresses, MessageCode.NO_ADDRESSES.text(), () -> addresses.stream()
                    .map(OfUser::of)
                    .toList());
        }
        return answer(connection.notices().setAddress(user, remove ? "" : address));
    }

    /** A user's address. */
    private record OfUser(String user, String address) {

        static OfUser of(String line) {
            String[] parts = line.split("=", 2);
            return new OfUser(parts[0], parts[1]);
        }
    }
}
