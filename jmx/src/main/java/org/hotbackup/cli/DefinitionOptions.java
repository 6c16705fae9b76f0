package org.hotbackup.cli;

import org.hotbackup.model.DPointer;
import picocli.CommandLine.Option;

/** What an account or a file is created with. */
final class DefinitionOptions {

    @Option(
            names = "--code",
            paramLabel = "CODE",
            defaultValue = "DL",
            description = "D and the letters of the D-pointer; ${DEFAULT-VALUE}, so logged, if not given.")
    String code;

    @Option(
            names = "--modulo",
            paramLabel = "N",
            defaultValue = "101",
            description = "How many groups it has; ${DEFAULT-VALUE} if not given.")
    int modulo;

    DPointer pointer() {
        return DPointer.of(code, modulo);
    }
}
