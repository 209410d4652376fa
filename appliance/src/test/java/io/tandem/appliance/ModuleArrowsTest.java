package io.tandem.appliance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which module may know which (docs/architecture.md). Packages stand for modules: each module has its own root. */
@AnalyzeClasses(packages = "io.tandem", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleArrowsTest {
    @ArchTest
    static final ArchRule SIP_KNOWS_BYTES_ALONE = noClasses()
            .that()
            .resideInAPackage("io.tandem.sip..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tandem.journal..",
                    "io.tandem.routing..",
                    "io.tandem.admin..",
                    "io.tandem.appliance..",
                    "java.net..",
                    "java.nio.channels..",
                    "java.util.concurrent..",
                    "io.netty..");

    @ArchTest
    static final ArchRule JOURNAL_KNOWS_NEITHER_SIP_NOR_ROUTING = noClasses()
            .that()
            .resideInAPackage("io.tandem.journal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tandem.sip..",
                    "io.tandem.routing..",
                    "io.tandem.admin..",
                    "io.tandem.appliance..",
                    "io.netty..");

    @ArchTest
    static final ArchRule CORE_KNOWS_RECORDS_BUT_NO_FILES_AND_NO_SOCKETS = noClasses()
            .that()
            .resideInAPackage("io.tandem.routing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tandem.journal",
                    "io.tandem.journal.queue..",
                    "io.tandem.journal.snapshot..",
                    "io.tandem.journal.generation..",
                    "io.tandem.admin..",
                    "io.tandem.appliance..",
                    "io.netty..",
                    "net.openhft..",
                    "java.nio.channels..",
                    "java.net.http..");

    @ArchTest
    static final ArchRule CONSOLE_KNOWS_NO_ROUTING_INSIDE_AND_NO_APPLIANCE = noClasses()
            .that()
            .resideInAPackage("io.tandem.admin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tandem.appliance..",
                    "io.tandem.routing.core..",
                    "io.tandem.routing.call..",
                    "io.tandem.routing.transaction..",
                    "io.tandem.routing.ring..",
                    "io.netty..");

    @ArchTest
    static final ArchRule TRANSPORT_KNOWS_THE_RING_AND_NOTHING_BEHIND_IT = noClasses()
            .that()
            .resideInAPackage("io.tandem.appliance.transport..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tandem.routing.core..",
                    "io.tandem.routing.call..",
                    "io.tandem.routing.stage..",
                    "io.tandem.routing.configuration..",
                    "io.tandem.journal.queue..",
                    "io.tandem.appliance.driver..");
}
