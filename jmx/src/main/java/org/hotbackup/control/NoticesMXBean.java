package org.hotbackup.control;

import java.util.List;

/**
 * Errors and warnings of all servers on their way to the users and ports of the servers' notify lists (HB-058). {@code
 * org.hotbackup:type=Notices}. The last 1000 are kept; the permanent log has all.
 */
@Description("Errors and warnings of the servers for the users and ports of their notify lists")
public interface NoticesMXBean {

    @Description(value = "Number of the last message of any server; 0 before the first", units = "notices")
    long getLastNumber();

    @Description("Users with an address for notices, as user=address; of a web address scheme and host only")
    List<String> getAddresses();

    @Description(value = "The notices after one, oldest first", impact = Description.Impact.INFO)
    List<Notice> read(
            @Description("as: a user or a port such as !0 that must be on the server's notify list; empty for all")
                    String as,
            @Description("after: number of a notice, 0 for all that are kept") long after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "For scripts: the same, one a line: number, time, server, severity, message id and text, divided by"
                    + " tabs",
            impact = Description.Impact.INFO)
    String readText(
            @Description("as: a user or a port such as !0 that must be on the server's notify list; empty for all")
                    String as,
            @Description("after: number of a notice, 0 for all that are kept") long after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "Takes the notices that are kept for a port because nobody took them yet, oldest first",
            impact = Description.Impact.ACTION_INFO)
    List<Notice> take(
            @Description("port: such as !0") String port, @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(value = "For scripts: the same, as readText has it", impact = Description.Impact.ACTION_INFO)
    String takeText(
            @Description("port: such as !0") String port, @Description("limit: at most so many, 1 to 1000") int limit);

    @AdminOnly
    @Description(
            value =
                    "Says where a user gets notices outside of a terminal; keeps it as attribute 2 of the user's record",
            impact = Description.Impact.ACTION)
    OperationReceipt setAddress(
            @Description("user: name of a user") String user,
            @Secret
                    @Description(
                            "address: of mail (bob@example.com), an http: or https: address to post to, or empty for none")
                    String address);
}
