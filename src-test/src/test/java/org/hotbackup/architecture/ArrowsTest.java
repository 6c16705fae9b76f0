package org.hotbackup.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages, and what the pure packages must not know. */
class ArrowsTest {

    private static JavaClasses all;

    private static final String[] PURE = {
        "org.hotbackup.model..",
        "org.hotbackup.tape..",
        "org.hotbackup.txlog..",
        "org.hotbackup.replication..",
        "org.hotbackup.apply..",
        "org.hotbackup.verify..",
        "org.hotbackup.tapesocket.."
    };

    @Test
    void theContractSeesOnlyTheJdk() {
        check(classes()
                .that()
                .resideInAnyPackage("org.hotbackup.control..", "org.hotbackup.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax..", "org.hotbackup.control..", "org.hotbackup.model.."));
    }

    /** It is in the module of the contract so that a command can verify a tape without a node, and knows none of it. */
    @Test
    void theTapeFormatSeesOnlyTheNounsAndTheMessages() {
        check(classes()
                .that()
                .resideInAPackage("org.hotbackup.tape..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.hotbackup.tape..", "org.hotbackup.model..", "org.hotbackup.control.messages.."));
    }

    @Test
    void purePackagesKnowNoContainerAndNoNetwork() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "java.net..", "java.sql..", "java.nio.file..", "org.apache.."));
    }

    @Test
    void purePackagesHaveNoThreadOfTheirOwn() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Executor.class));
    }

    @Test
    void purePackagesHaveNoClockOfTheirOwn() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC"));
    }

    @Test
    void onlyTheStoreKnowsTheDatabase() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("org.hotbackup.store..", "org.hotbackup.testing..", "org.hotbackup.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "java.sql..", "javax.sql.."));
    }

    @Test
    void onlyTheBridgeKnowsTheBroker() {
        // and the test language, which plays a stranger at its door
        check(noClasses()
                .that()
                .resideOutsideOfPackages("org.hotbackup.jms..", "org.hotbackup.testing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.jms..", "org.apache.activemq.."));
    }

    @Test
    void onlyTheCommandsKnowTheTerminal() {
        // the bench is one of them, though it stands with the tests
        check(noClasses()
                .that()
                .resideOutsideOfPackages("org.hotbackup.cli..", "org.hotbackup.menu..")
                .and()
                .doNotHaveFullyQualifiedName("org.hotbackup.bench.Bench")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "org.jline.."));
    }

    @Test
    void onlyImportAndDownloadsKnowCsv() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("org.hotbackup.cli..", "org.hotbackup.web.download..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.commons.csv.."));
    }

    @Test
    void surfacesSeeOnlyTheContract() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "org.hotbackup.cli..",
                        "org.hotbackup.menu..",
                        "org.hotbackup.client..",
                        "org.hotbackup.resync..",
                        "org.hotbackup.node..",
                        "org.hotbackup.demo..",
                        "org.hotbackup.web..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.hotbackup.txlog..",
                        "org.hotbackup.replication..",
                        "org.hotbackup.store..",
                        "org.hotbackup.server..",
                        "org.hotbackup.management..",
                        "org.hotbackup.health..",
                        "org.hotbackup.jms..")));
    }

    @Test
    void theEngineDoesNotKnowTheBridge() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "org.hotbackup.store..",
                        "org.hotbackup.server..",
                        "org.hotbackup.management..",
                        "org.hotbackup.health..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.hotbackup.jms..", "org.hotbackup.web..", "org.hotbackup.cli.."));
    }

    @Test
    void beansAreNamedInOnePlace() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.hotbackup.control..", "org.hotbackup.management..", "org.hotbackup.client..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectName.class));
    }

    @Test
    void nothingIsSerialized() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ObjectOutputStream.class));
    }

    @Test
    void onlyMainsPrintAndExit() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.hotbackup.cli.Main")
                .and()
                .doNotHaveFullyQualifiedName("org.hotbackup.cli.StandardOutput")
                .and()
                .doNotHaveFullyQualifiedName("org.hotbackup.bench.Bench")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class));
    }

    @Test
    void packagesOfTheEngineHaveNoCycles() {
        check(slices().matching(
                        "org.hotbackup.(tape|txlog|replication|verify|store|server|jms|cli|menu|client|node|demo)..")
                .should()
                .beFreeOfCycles());
    }

    /** Of all modules; the web module's classes are in no jar that this one depends on. */
    @BeforeAll
    static void readAllClasses() {
        Path web = Path.of(System.getProperty("hotbackup.top"), "web-admin", "target", "classes");
        Set<Location> locations = new HashSet<>(Locations.ofPackage("org.hotbackup"));
        locations.add(Location.of(web));
        all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importLocations(locations);
        assertThat(all).extracting(JavaClass::getPackageName).contains("org.hotbackup.web.rest", "org.hotbackup.jms");
    }

    private static void check(ArchRule rule) {
        rule.check(all);
    }
}
