/**
 * The byte format of Pick tapes (docs/tape-format.md), and nothing else: blocks, labels, filemarks and reels; the records of
 * saves and dumps; readers that tolerate what other systems write, and writers of the R83 layout. It sees the JDK's core,
 * the nouns of {@code model} and the message catalogue; streams, times and what becomes of an item are handed in, and it
 * has no thread, clock, file or socket of its own (docs/adr/0017).
 *
 * <p>From below: {@link org.hotbackup.tape.BlockReader} and {@link org.hotbackup.tape.BlockWriter} move single {@link
 * org.hotbackup.tape.TapeBlock}s, which is all that a device verb or a tape-socket server needs. {@link
 * org.hotbackup.tape.TapeReader} reads whole tapes, reel by reel, and tells a {@link org.hotbackup.tape.TapeHandler} what
 * it finds; {@link org.hotbackup.tape.TapeWriter} writes them, with {@link org.hotbackup.tape.DumpWriter} and {@link
 * org.hotbackup.tape.SaveWriter} on top. Memory does not grow with the tape: a reader holds a few blocks, one item of up
 * to 64 MB (at most three times, while it is put together) and the names of the files that items may still belong to.
 *
 * <p>Trouble has two forms. A {@link org.hotbackup.tape.TapeBroken} ends reading or writing; a {@link
 * org.hotbackup.tape.TapeNote} is told to the handler and the tape goes on. Both are sentences of the catalogue that name
 * reel and block. Reels are numbered from 1, the blocks of each from 0 as they stand in the image, filemarks and labels
 * counted.
 */
package org.hotbackup.tape;
