package org.hotbackup.ordeal;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is done in which order: a function of the seed alone. */
public final class Plan {

    private static final int SWITCHES = 3;
    private static final int FEWEST_STEPS = 3;
    private static final int MORE_STEPS = 6;
    private static final int MOST_PAUSE_MILLIS = 5000;

    /**
     * One step of a phase.
     *
     * @param action the action's name
     * @param pauseMillis how long users work before it
     * @param seed of the chance in it
     */
    public record Step(String action, int pauseMillis, long seed) {}

    /**
     * From one quiet point to the next.
     *
     * @param number from 1
     * @param autoCreate how the slave server is set up
     * @param cascade whether it logs what it does for the second slave, until the roles change; at first it does
     * @param steps in their order
     * @param audit whether the servers compare and repair at its end, as they always do before a change of roles
     * @param roles whether it begins with a change of roles; the first one does
     */
    record Phase(
            int number, boolean autoCreate, boolean cascade, List<Step> steps, boolean audit, RoleSwitch.Way roles) {}

    private final long seed;
    private final List<Action> actions;

    Plan(long seed, List<Action> actions) {
        this.seed = seed;
        this.actions = List.copyOf(actions);
    }

    /** The phase of this number. */
    Phase phase(int number) {
        Random random = new Random(seed * 1_000_003 + number);
        boolean autoCreate = random.nextInt(3) > 0;
        List<Step> steps = new ArrayList<>();
        for (int i = FEWEST_STEPS + random.nextInt(MORE_STEPS); i > 0; i--) {
            steps.add(new Step(any(random).name(), random.nextInt(MOST_PAUSE_MILLIS), random.nextLong()));
        }
        if (number == 1) {
            addWhatIsMissing(steps, random);
        }
        boolean cascade = random.nextInt(3) == 0 || number == 1;
        boolean audit = random.nextInt(3) == 0 || roles(number + 1) != RoleSwitch.Way.NONE;
        return new Phase(number, autoCreate, cascade, steps, audit, roles(number));
    }

    private RoleSwitch.Way roles(int number) {
        Random random = new Random(seed * 7_368_787 + number);
        boolean change = random.nextInt(SWITCHES) == 0 || number == 1;
        RoleSwitch.Way way = random.nextBoolean() ? RoleSwitch.Way.PLANNED : RoleSwitch.Way.UNPLANNED;
        return change ? way : RoleSwitch.Way.NONE;
    }

    /** A short ordeal shows every kind. */
    private void addWhatIsMissing(List<Step> steps, Random random) {
        for (Action.Kind kind : Action.Kind.values()) {
            List<Action> ofKind =
                    actions.stream().filter(action -> action.kind() == kind).toList();
            if (steps.stream().noneMatch(step -> action(step.action()).kind() == kind) && !ofKind.isEmpty()) {
                String name = ofKind.get(random.nextInt(ofKind.size())).name();
                steps.set(
                        random.nextInt(steps.size()),
                        new Step(name, random.nextInt(MOST_PAUSE_MILLIS), random.nextLong()));
            }
        }
    }

    /** The action of this name. */
    Action action(String name) {
        return actions.stream()
                .filter(action -> action.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Action any(Random random) {
        int dice = random.nextInt(actions.stream().mapToInt(Action::weight).sum());
        for (Action action : actions) {
            dice -= action.weight();
            if (dice < 0) {
                return action;
            }
        }
        throw new IllegalStateException("the weights add up to less than their sum");
    }
}
