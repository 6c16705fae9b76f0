package org.hotbackup.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final List<Action> ACTIONS = List.of(
            new Action("often", 8, random -> {}),
            new Action("now and then", 2, random -> {}),
            new Action("rarely", 1, random -> {}));

    @Test
    void shouldBeTheSameForTheSameSeed() {
        Plan plan = new Plan(7, ACTIONS);
        Plan again = new Plan(7, ACTIONS);
        Plan other = new Plan(8, ACTIONS);
        for (int number = 1; number < 20; number++) {
            assertThat(plan.phase(number)).isEqualTo(again.phase(number)).isNotEqualTo(other.phase(number));
        }
    }

    @Test
    void shouldComeToEveryActionAndToBothSettings() {
        Plan plan = new Plan(7, ACTIONS);
        List<Plan.Phase> phases = IntStream.range(1, 60).mapToObj(plan::phase).toList();
        List<String> names = phases.stream()
                .flatMap(phase -> phase.steps().stream())
                .map(Plan.Step::action)
                .toList();
        assertThat(names).contains("often", "now and then", "rarely");
        assertThat(names.stream().filter("often"::equals).count())
                .isGreaterThan(names.stream().filter("rarely"::equals).count());
        assertThat(phases).extracting(Plan.Phase::autoCreate).contains(true, false);
        assertThat(phases).extracting(Plan.Phase::cascade).contains(true, false);
        assertThat(phases).extracting(Plan.Phase::audit).contains(true, false);
        assertThat(phases).extracting(Plan.Phase::roles).contains(RoleSwitch.Way.values());
        assertThat(plan.action("rarely")).isEqualTo(ACTIONS.get(2));
    }

    @Test
    void shouldShowEveryKindInTheFirstPhaseWhateverTheSeed() {
        List<Action> actions = new ArrayList<>(ACTIONS);
        actions.add(new Action("of another kind", 1, Action.Kind.SECOND_SLAVE, random -> {}));
        for (int seed = 0; seed < 200; seed++) {
            Plan.Phase first = new Plan(seed, actions).phase(1);
            assertThat(first.cascade()).isTrue();
            assertThat(first.roles()).isNotEqualTo(RoleSwitch.Way.NONE);
            assertThat(first.steps()).extracting(Plan.Step::action).contains("of another kind");
            assertThat(first.steps()).as("and not that alone").hasSizeGreaterThan(2);
        }
    }

    @Test
    void shouldCompareAndRepairBeforeTheRolesChange() {
        Plan plan = new Plan(7, ACTIONS);
        for (int number = 1; number < 60; number++) {
            boolean change = plan.phase(number + 1).roles() != RoleSwitch.Way.NONE;
            assertThat(plan.phase(number).audit() || !change).isTrue();
        }
    }
}
