/**
 * The {@code hot-backup} command: one small class for each verb, all of them over the control contract or REST.
 *
 * <p>Every verb answers in words, or with {@code --output json} as one JSON document on standard output, and with the exit
 * status that {@link org.hotbackup.cli.HotBackup} names; both options and {@code -q} are inherited from there. A verb writes
 * nothing to the output itself, it ends with one of the answers of {@link org.hotbackup.cli.Output} (of {@link
 * org.hotbackup.cli.NodeVerb}, which hands them on):
 *
 * <ul>
 *   <li>{@code return answer(receipt)}: an operation of a node; its message, or {@code outcome}, {@code messageId}, {@code
 *       message} and what else the receipt holds.
 *   <li>{@code return answer(text, () -> document)}: the same thing in words and for programs. A document is a record, a
 *       list of records for a table, or {@code JsonText.attributes(ServerMXBean.class, server)} for a whole bean; {@link
 *       org.hotbackup.cli.JsonText} is the only place that makes JSON. {@code answer(lines, ...)} if there may be no line.
 *   <li>{@code return output().done(code, values)}: what the command did without a node.
 *   <li>{@code say(line)}: progress, left out of JSON. {@code output().line(text, ...)}: one of many documents, each in a
 *       line, for a command without an end.
 *   <li>A {@link org.hotbackup.control.messages.Refusal} that is thrown becomes the answer, see {@link
 *       org.hotbackup.cli.Failure}.
 * </ul>
 *
 * <p>What a verb says is kept beside its help: {@code src/test/resources/org/hotbackup/cli/help} and {@code output}.
 */
package org.hotbackup.cli;
