package org.hotbackup.requirements;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All requirements under the headings of the manual, in their order. Immutable. */
final class RequirementList {

    private static final String RESOURCE = "requirements.txt";
    private static final Pattern HEADING = Pattern.compile("= (.+)");
    private static final Pattern LINE = Pattern.compile("([A-Z]+-\\d+)(?: open \\(([^)|]+)\\))?: ([^|]+)");

    private final Map<String, List<Requirement>> sections;

    private RequirementList(Map<String, List<Requirement>> sections) {
        this.sections = Collections.unmodifiableMap(sections);
    }

    /** The list that is kept beside this class. */
    static RequirementList kept() throws IOException {
        try (InputStream list = RequirementList.class.getResourceAsStream(RESOURCE)) {
            return of(new String(list.readAllBytes(), StandardCharsets.UTF_8).lines());
        }
    }

    /**
     * Reads {@code = heading}, {@code number: text} and {@code number open (reason): text}; empty lines and those that
     * begin with {@code #} say nothing.
     *
     * @throws IllegalArgumentException if a line is something else, stands under no heading, or repeats a number
     */
    static RequirementList of(Stream<String> lines) {
        Map<String, List<Requirement>> sections = new LinkedHashMap<>();
        Map<String, Requirement> seen = new LinkedHashMap<>();
        List<Requirement> section = null;
        for (String line : lines.filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
            Matcher heading = HEADING.matcher(line);
            Matcher requirement = LINE.matcher(line);
            if (heading.matches()) {
                section = sections.computeIfAbsent(heading.group(1), name -> new ArrayList<>());
            } else if (section != null && requirement.matches()) {
                Requirement next = new Requirement(
                        requirement.group(1), requirement.group(3), Objects.toString(requirement.group(2), ""));
                if (seen.put(next.number(), next) != null) {
                    throw new IllegalArgumentException("twice: " + next.number());
                }
                section.add(next);
            } else {
                throw new IllegalArgumentException("neither a heading nor a requirement: " + line);
            }
        }
        return new RequirementList(sections);
    }

    /** Headings and what stands under each. */
    Map<String, List<Requirement>> sections() {
        return sections;
    }

    /** Every requirement. */
    List<Requirement> all() {
        return sections.values().stream().flatMap(Collection::stream).toList();
    }
}
