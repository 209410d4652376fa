package io.tandem.routing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/** Who may know whom inside the core, and what nothing here may ever ask the machine for. */
@AnalyzeClasses(packages = "io.tandem.routing", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] BRAIN = {
        "io.tandem.routing.model..",
        "io.tandem.routing.configuration..",
        "io.tandem.routing.number..",
        "io.tandem.routing.stage..",
        "io.tandem.routing.admission..",
        "io.tandem.routing.schedule..",
        "io.tandem.routing.target..",
        "io.tandem.routing.transform..",
        "io.tandem.routing.expression..",
        "io.tandem.routing.flow..",
        "io.tandem.routing.policy..",
        "io.tandem.routing.outbound.."
    };

    private static final Map<String, Set<String>> BANNED = Map.ofEntries(
            Map.entry("java.lang.System", Set.of("nanoTime", "currentTimeMillis", "identityHashCode")),
            Map.entry("java.time.Instant", Set.of("now")),
            Map.entry("java.time.LocalDate", Set.of("now")),
            Map.entry("java.time.LocalTime", Set.of("now")),
            Map.entry("java.time.LocalDateTime", Set.of("now")),
            Map.entry("java.time.ZonedDateTime", Set.of("now")),
            Map.entry("java.time.OffsetDateTime", Set.of("now")),
            Map.entry("java.time.ZoneId", Set.of("systemDefault")),
            Map.entry("java.util.TimeZone", Set.of("getDefault")),
            Map.entry("java.util.Locale", Set.of("getDefault")),
            Map.entry("java.util.UUID", Set.of("randomUUID")),
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry("java.util.HashMap", Set.of("<init>")),
            Map.entry("java.util.HashSet", Set.of("<init>")));

    @ArchTest
    static final ArchRule BRAIN_KNOWS_NO_SIGNALLING = noClasses()
            .that()
            .resideInAnyPackage(BRAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tandem.sip..",
                    "io.tandem.routing.core..",
                    "io.tandem.routing.call..",
                    "io.tandem.routing.dialog..",
                    "io.tandem.routing.transaction..",
                    "io.tandem.routing.timer..",
                    "io.tandem.routing.identifier..",
                    "io.tandem.routing.effect..",
                    "io.tandem.routing.ring..");

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_PACKAGES = slices().matching(
                    "io.tandem.routing.(model|configuration|number|stage|admission|schedule|target|transform|expression|flow|policy|outbound)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_SOCKETS_FILES_OF_THE_JOURNAL_OR_HTTP = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty..", "net.openhft..", "java.net.http..", "java.nio.channels..", "io.tandem.admin..");

    @ArchTest
    static final ArchRule NO_CLOCKS_CHANCE_OR_DEFAULTS = noClasses()
            .should()
            .callCodeUnitWhere(target(describe("is a clock, chance or a default", c -> isBanned(c))));

    @ArchTest
    static final ArchRule NO_DEFAULT_LOCALE = noClasses()
            .should()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase")
            .orShould()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "formatted", Object[].class);

    @ArchTest
    static final ArchRule NO_RANDOM_AND_NO_CLOCK_OBJECTS = noClasses()
            .should()
            .dependOnClassesThat(new DescribedPredicate<>("are clocks or sources of chance") {
                @Override
                public boolean test(final com.tngtech.archunit.core.domain.JavaClass type) {
                    return type.isAssignableTo(java.util.random.RandomGenerator.class)
                            || type.isAssignableTo(java.time.Clock.class)
                            || (type.getPackageName().startsWith("org.agrona.concurrent")
                                    && type.getSimpleName().endsWith("Clock"));
                }
            });

    @ArchTest
    static final ArchRule NO_EXPRESSIONS_OF_OTHERS_ON_A_BACKTRACKING_ENGINE = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.tandem.routing.expression..",
                    "io.tandem.routing.flow..",
                    "io.tandem.routing.outbound..",
                    "io.tandem.routing.policy..",
                    "io.tandem.routing.stage..",
                    "io.tandem.routing.target..",
                    "io.tandem.routing.transform..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.regex..");

    @ArchTest
    static final ArchRule LIBRARIES_OF_FACTS_ARE_READ_ONCE_INTO_TABLES_OF_OUR_OWN = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("PhoneMetadata")
            .and()
            .haveSimpleNameNotStartingWith("AddressCountriesFile")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.i18n..", "com.maxmind..");

    private static boolean isBanned(final CodeUnitCallTarget target) {
        return BANNED.getOrDefault(target.getOwner().getName(), Set.of()).contains(target.getName());
    }
}
