package org.hotbackup.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeSetting;

/** The {@code keyword=value} words of a command line: {@code ?} asks for the value, {@code .} is the one used last (TS-005). */
final class TapeArguments {

    private static final String ASK = "?";
    private static final String LAST = ".";
    private static final String QUIT = "q";

    private final LastValues last;
    private final Supplier<Optional<FormTerminal>> terminal;

    TapeArguments(LastValues last, Supplier<Optional<FormTerminal>> terminal) {
        this.last = last;
        this.terminal = terminal;
    }

    /**
     * The values by their keywords, which are kept for the next time.
     *
     * @throws Refusal if a word is none, an answer is needed and there is nobody to ask, or no value was used before
     */
    Map<String, String> resolve(List<String> words) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (word.startsWith("(")) {
                throw new Refusal(MessageCode.USAGE, MessageCode.TAPE_OPTION_UNKNOWN.text(word));
            }
            if (equals < 1) {
                throw new Refusal(
                        MessageCode.USAGE,
                        "'" + word + "' is no argument; write keyword=value, for example server=NAME.");
            }
            String keyword = word.substring(0, equals);
            if (values.put(keyword, value(keyword, word.substring(equals + 1))) != null) {
                throw new Refusal(MessageCode.USAGE, "'" + keyword + "' is given twice; give it once.");
            }
        }
        last.keep(values);
        return values;
    }

    private String value(String keyword, String given) {
        return switch (given) {
            case ASK -> ask(keyword);
            case LAST -> last.of(keyword).orElseThrow(() -> new Refusal(MessageCode.TAPE_NO_LAST_VALUE, keyword));
            default -> given;
        };
    }

    private String ask(String keyword) {
        String help = TapeSetting.ofKey(keyword).map(TapeSetting::valid).orElse("the name of a server, 1 to 8 letters");
        try (FormTerminal there = terminal.get().orElseThrow(() -> new Refusal(MessageCode.TAPE_CANNOT_ASK, keyword))) {
            while (true) {
                String answer = there.ask(
                                keyword + " (? help, q quit): ",
                                last.of(keyword).orElse(""))
                        .orElse(QUIT);
                if (answer.equals(QUIT)) {
                    throw new Refusal(MessageCode.TAPE_NOT_CONFIRMED);
                } else if (!answer.equals(ASK)) {
                    return answer;
                }
                there.say(help);
            }
        }
    }
}
