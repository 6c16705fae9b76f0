/**
 * Tape devices as programs use them: pseudo-tapes in files, plain or compressed, which can be gone back to, and pipes and
 * special files, which are read and written in one go. Where they are, the administrator has said (TS-001); the
 * bytes of a tape are the business of {@code org.hotbackup.tape}.
 */
package org.hotbackup.device;
