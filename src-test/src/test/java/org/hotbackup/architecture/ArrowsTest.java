package org.hotbackup.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.Executor;
import javax.management.ObjectName;

/** The arrows between modules and packages, and what the pure packages must not know. */
@AnalyzeClasses(packages = "org.hotbackup", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {

    private static final String[] PURE = {
        "org.hotbackup.model..", "org.hotbackup.txlog..", "org.hotbackup.replication..", "org.hotbackup.apply.."
    };

    @ArchTest
    static final ArchRule theContractSeesOnlyTheJdk = classes()
            .that()
            .resideInAnyPackage("org.hotbackup.control..", "org.hotbackup.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax..", "org.hotbackup.control..", "org.hotbackup.model..");

    @ArchTest
    static final ArchRule purePackagesKnowNoContainerAndNoNetwork = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "java.net..", "java.sql..", "java.nio.file..", "org.apache..");

    @ArchTest
    static final ArchRule purePackagesHaveNoThreadOfTheirOwn = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executor.class);

    @ArchTest
    static final ArchRule purePackagesHaveNoClockOfTheirOwn = noClasses()
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
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule onlyTheStoreKnowsTheDatabase = noClasses()
            .that()
            .resideOutsideOfPackages("org.hotbackup.store..", "org.hotbackup.testing..", "org.hotbackup.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule onlyTheBridgeKnowsTheBroker = noClasses()
            .that()
            .resideOutsideOfPackage("org.hotbackup.jms..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.jms..", "org.apache.activemq..");

    @ArchTest
    static final ArchRule onlyTheCommandsKnowTheTerminal = noClasses()
            .that()
            .resideOutsideOfPackage("org.hotbackup.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "org.jline..", "org.apache.commons.csv..");

    @ArchTest
    static final ArchRule surfacesSeeOnlyTheContract = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.hotbackup.cli..",
                    "org.hotbackup.client..",
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
                    "org.hotbackup.jms.."));

    @ArchTest
    static final ArchRule theEngineDoesNotKnowTheBridge = noClasses()
            .that()
            .resideInAnyPackage("org.hotbackup.store..", "org.hotbackup.server..", "org.hotbackup.management..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hotbackup.jms..", "org.hotbackup.web..", "org.hotbackup.cli..");

    @ArchTest
    static final ArchRule beansAreNamedInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackages("org.hotbackup.control..", "org.hotbackup.management..", "org.hotbackup.client..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectName.class);

    @ArchTest
    static final ArchRule nothingIsSerialized = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInputStream.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ObjectOutputStream.class);

    @ArchTest
    static final ArchRule onlyMainsPrintAndExit = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.hotbackup.cli.Main")
            .and()
            .doNotHaveFullyQualifiedName("org.hotbackup.bench.Bench")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule packagesOfTheEngineHaveNoCycles = slices().matching(
                    "org.hotbackup.(txlog|replication|store|server|jms|cli|node|demo)..")
            .should()
            .beFreeOfCycles();
}
