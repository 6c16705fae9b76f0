package org.hotbackup.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.control.settings.TapeSetting;

/** The {@code keyword=value} words of a command line: {@code ?} asks for the value, {@code .} is the one used last (TS-005). */
final class TapeArguments {

    private static final String ASK = "?";
    private static final String LAST = ".";
    private static final String QUIT = "q";
    private static final String SERVER = "server";

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

    /** Each value is checked at once, so that who mistypes one is asked for that one again and not for all (TS-008). */
    private String ask(String keyword) {
        Optional<TapeSetting> setting = TapeSetting.ofKey(keyword);
        String help = setting.map(TapeSetting::valid).orElse("the name of a server, 1 to 8 letters");
        String before = last.of(keyword).orElse("");
        // not in the line itself: ? or q behind it would be a part of the value
        String question = keyword + (before.isEmpty() ? "" : " [" + before + "]") + " (? help, q quit): ";
        try (FormTerminal there = terminal.get().orElseThrow(() -> new Refusal(MessageCode.TAPE_CANNOT_ASK, keyword))) {
            while (true) {
                String typed = there.ask(question, "").orElse(QUIT);
                if (typed.equals(QUIT)) {
                    throw new Refusal(MessageCode.TAPE_NOT_CONFIRMED);
                } else if (typed.equals(ASK)) {
                    there.say(help);
                } else {
                    String answer = typed.isEmpty() ? before : typed;
                    Optional<Refusal> no = objection(keyword, setting, answer);
                    if (no.isEmpty()) {
                        return answer;
                    }
                    there.say(no.get().getMessage());
                }
            }
        }
    }

    private static Optional<Refusal> objection(String keyword, Optional<TapeSetting> setting, String answer) {
        try {
            setting.ifPresent(one -> one.checked(answer.replace('"', '\'')));
            if (keyword.equals(SERVER)) {
                ServerSettings.checkedName(answer);
            }
            return Optional.empty();
        } catch (Refusal e) {
            return Optional.of(e);
        }
    }
}
