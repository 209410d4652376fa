package io.tandem.routing.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.change.ChangeResult.Outcome;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Edits that leave others alone and would make them wrong. */
class DependentChecksTest {
    private static final String BASE = """
            {'resource':'accounts','name':'top','is_reseller':1}
            {'resource':'accounts','name':'low','parent_id':'name:top','did_default_dest_kind':'hangup','max_virtual_numbers':2}
            {'resource':'accounts','name':'a3','parent_id':'name:low'}
            {'resource':'accounts','name':'a4','parent_id':'name:a3'}
            {'resource':'accounts','name':'other'}
            {'resource':'accounts','name':'b2','parent_id':'name:other'}
            {'resource':'accounts','name':'b3','parent_id':'name:b2'}
            {'resource':'accounts','name':'b4','parent_id':'name:b3'}
            {'resource':'accounts','name':'b5','parent_id':'name:b4'}
            {'resource':'accounts','name':'b6','parent_id':'name:b5'}
            {'resource':'trunks','account_id':'name:top','name':'t1','proxy':'192.0.2.1'}
            {'resource':'trunks','account_id':'name:top','name':'t2','proxy':'192.0.2.2'}
            {'resource':'trunks','id':'tr_00000000000000000000000003','account_id':'name:top','name':'t3','proxy':'192.0.2.3'}
            {'resource':'trunks','account_id':'name:top','name':'t4','proxy':'192.0.2.4'}
            {'resource':'outbound-routes','account_id':'name:a3','name':'r1','via':'trunk','trunk_id':'name:t1'}
            {'resource':'accounts','name':'media','media_trunk_id':'name:t4'}
            {'resource':'domains','account_id':'name:low','domain':'low.test'}
            {'resource':'media','account_id':'name:low','name':'m','kind':'moh','object_key':'k'}
            {'resource':'schedules','account_id':'name:low','name':'s','rules':[]}
            {'resource':'users','account_id':'name:low','username':'u','is_agent':1}
            {'resource':'devices','account_id':'name:low','user_id':'name:u','auth_username':'d','realm':'low.test','password':'x'}
            {'resource':'queues','account_id':'name:low','name':'q','agents':[{'user_id':'name:u'}]}
            {'resource':'conferences','account_id':'name:low','name':'c','moh_media_id':'name:m'}
            {'resource':'policies/recording-rules','account_id':'name:top','scope_kind':'user','scope_id':'name:u','mode':'on'}
            {'resource':'numbers','account_id':'name:low','e164':'12025550101','schedule_id':'name:s'}
            {'resource':'numbers','account_id':'name:low','e164':'12025550102','dest_kind':'queue','dest_id':'name:q'}
            {'resource':'numbers','account_id':'name:other','e164':'12025550103','dest_kind':'trunk','dest_id':'name:t2'}
            {'resource':'numbers','account_id':'name:low','e164':'899001000001'}
            {'resource':'numbers','account_id':'name:low','e164':'899001000002'}
            """;

    private final OverlaidConfiguration configuration = of(BASE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accounts|low|parent_id|name:other|parent_id|outbound-routes route_",
                "accounts|low|parent_id||parent_id|policies/recording-rules rec_",
                "accounts|low|parent_id|name:b6|parent_id|more than 8 accounts in a chain: the last is acc_",
                "accounts|low|parent_id|name:a4|parent_id|leads back to the account itself",
                "accounts|low|did_default_dest_kind||did_default_dest_kind|no target of their own: numbers=3",
                "accounts|low|max_virtual_numbers|1|max_virtual_numbers|numbers=2",
                "trunks|t1|account_id|name:other|account_id|whose trunk_id must be a trunk of the account",
                "trunks|t1|direction|inbound|direction|whose trunk_id must be a trunk that takes calls",
                "trunks|t2|direction|inbound|direction|numbers that lead to it: numbers=1",
                "trunks|t4|direction|inbound|direction|whose media_trunk_id names a trunk that takes no calls",
                "domains|low.test|account_id|name:other|account_id|devices dev_",
                "domains|low.test|domain|new.test|domain|whose realm must be the name of the domain",
                "media|m|account_id|name:other|account_id|conferences conf_",
                "schedules|s|account_id|name:other|account_id|numbers that lead to it: numbers=1",
                "queues|q|account_id|name:other|agents[0].user_id|belongs to another account",
                "users|u|is_agent|0|is_agent|queues q_",
                "users|u|account_id|name:other|account_id|devices dev_",
            })
    void shouldRefuseAnEditThatMakesOthersWrong(
            final String collection,
            final String name,
            final String field,
            final String value,
            final String wrong,
            final String rule) {
        final ChangeResult refusal = check(edit(ResourceKind.ofCollection(collection), name, field, value))
                .refusal();

        assertThat(refusal).isNotNull();
        assertThat(refusal.outcome()).isEqualTo(Outcome.INVALID);
        assertThat(refusal.problems()).anySatisfy(problem -> {
            assertThat(problem.field()).isEqualTo(wrong);
            assertThat(problem.rule()).contains(rule);
            assertThat(problem.line()).isEqualTo(1);
            assertThat(problem.mend()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accounts|a4|parent_id|name:other",
                "accounts|top|did_default_dest_kind|hangup",
                "accounts|low|max_virtual_numbers|2",
                "trunks|t3|direction|inbound",
                "trunks|t2|account_id|name:other",
                "users|u|dnd|1",
            })
    void shouldMakeAnEditThatOthersBear(
            final String collection, final String name, final String field, final String value) {
        assertThat(check(edit(ResourceKind.ofCollection(collection), name, field, value))
                        .refusal())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "top|did_default_dest_kind||did_default_dest_kind",
                "mid|parent_id||parent_id",
                "low|parent_id|name:other|did_default_dest_kind",
            })
    void shouldSeeThatNumbersRelyOnTheDefaultOfAnAccountAbove(
            final String name, final String field, final String value, final String wrong) {
        final String accounts = """
                {'resource':'accounts','name':'top','did_default_dest_kind':'hangup'}
                {'resource':'accounts','name':'mid','parent_id':'name:top'%s}
                {'resource':'accounts','name':'low','parent_id':'name:mid'}
                {'resource':'accounts','name':'other'}
                """;
        final String numbers = """
                {'resource':'numbers','account_id':'name:low','e164':'12025550101'}
                {'resource':'numbers','account_id':'name:low','e164':'12025550102'}
                """;
        final OverlaidConfiguration relied = of(accounts.formatted("") + numbers);
        final Edit edit = edit(relied, ResourceKind.ACCOUNTS, name, field, value);
        assertThat(check(relied, edit).refusal().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(wrong);
            assertThat(problem.rule()).contains("numbers=2");
        });
        final OverlaidConfiguration bare = of(accounts.formatted(""));
        assertThat(check(bare, edit(bare, ResourceKind.ACCOUNTS, name, field, value))
                        .refusal())
                .isNull();
        final OverlaidConfiguration nearer = of(accounts.formatted(",'did_default_dest_kind':'hangup'") + numbers);
        assertThat(check(nearer, edit(nearer, ResourceKind.ACCOUNTS, name, field, value))
                                .refusal()
                        == null)
                .isEqualTo(!name.equals("low"));
        assertThat(check(relied, edit, edit(relied, ResourceKind.ACCOUNTS, "low", "did_default_dest_kind", "hangup"))
                                .refusal()
                        == null)
                .as("low itself is edited twice")
                .isEqualTo(!name.equals("low"));
    }

    @Test
    void shouldSeeThatAUserMovesWhoIsNoAgentAnyMore() {
        final OverlaidConfiguration reached = of("""
                {'resource':'accounts','name':'a'}
                {'resource':'accounts','name':'b'}
                {'resource':'users','account_id':'name:a','username':'u','is_agent':1}
                {'resource':'numbers','account_id':'name:a','e164':'12025550101','dest_kind':'user','dest_id':'name:u'}
                """);

        assertThat(check(reached, edit(reached, ResourceKind.USERS, "u", "is_agent", "0", "account_id", "name:b"))
                        .refusal())
                .isNotNull();
        assertThat(check(reached, edit(reached, ResourceKind.USERS, "u", "is_agent", "0"))
                        .refusal())
                .isNull();
    }

    @Test
    void shouldMakeInOneChangeWhatIsRightTogether() {
        final Edit trunk = edit(ResourceKind.TRUNKS, "t1", "direction", "inbound");
        final Edit route = edit(ResourceKind.OUTBOUND_ROUTES, "r1", "trunk_id", "tr_00000000000000000000000003");

        assertThat(check(trunk, route).refusal()).isNull();
        assertThat(check(route, trunk).refusal()).isNull();
        assertThat(check(trunk).refusal()).isNotNull();
    }

    @Test
    void shouldRefuseToLookAtMoreThanItsLimit() {
        final StringBuilder many = new StringBuilder(
                "{'resource':'accounts','name':'top'}\n{'resource':'accounts','name':'low','parent_id':'name:top'}\n");
        for (int i = 0; i < DependentChecks.CHECKED_MAX; i++) {
            many.append("{'resource':'accounts','name':'below").append(i).append("','parent_id':'name:low'}\n");
        }
        final OverlaidConfiguration full = of(many.toString());
        assertThat(check(full, edit(full, ResourceKind.ACCOUNTS, "low", "parent_id", null))
                        .refusal())
                .isNull();

        final OverlaidConfiguration over = of(many + "{'resource':'accounts','name':'more','parent_id':'name:low'}\n");
        assertThat(check(over, edit(over, ResourceKind.ACCOUNTS, "low", "parent_id", null))
                        .refusal()
                        .problems())
                .singleElement()
                .extracting(Problem::rule)
                .isEqualTo("is relied on by more than 20000 resources, too many for one change");
    }

    @Test
    void shouldTellKindsOfOneIdentifierApart() {
        final String id = new ResourceId(5, 5).ulid();
        final OverlaidConfiguration twins = of("""
                {'resource':'accounts','name':'a','did_default_dest_kind':'hangup'}
                {'resource':'schedules','id':'sch_%1$s','account_id':'name:a','name':'s','rules':[],'created_us':7}
                {'resource':'media','id':'media_%1$s','account_id':'name:a','name':'m','kind':'moh','object_key':'k'}
                {'resource':'conferences','account_id':'name:a','name':'c','moh_media_id':'name:m'}
                {'resource':'numbers','id':'did_%1$s','account_id':'name:a','e164':'12025550101'}
                """.formatted(id));
        final ResourceId both = new ResourceId(5, 5);

        assertThat(check(twins, Edit.delete(ResourceKind.SCHEDULES, both, "")).refusal())
                .isNull();
        assertThat(check(twins, Edit.delete(ResourceKind.MEDIA, both, ""))
                        .refusal()
                        .referrerCount())
                .isEqualTo(1);
        final OverlaidConfiguration changed = apply(
                twins,
                new Edit(
                        ResourceKind.CONFERENCES,
                        null,
                        object("{'account_id':'name:a','name':'d','moh_media_id':'name:m'}"),
                        "",
                        false));
        assertThat(check(changed, Edit.delete(ResourceKind.SCHEDULES, both, "")).refusal())
                .isNull();
        assertThat(check(changed, Edit.delete(ResourceKind.MEDIA, both, ""))
                        .refusal()
                        .referrerCount())
                .isEqualTo(2);
        assertThat(new String(twins.resource(ResourceKind.SCHEDULES, 5, 5), StandardCharsets.UTF_8))
                .contains("created_us");
        assertThat(new String(twins.resource(ResourceKind.MEDIA, 5, 5), StandardCharsets.UTF_8))
                .doesNotContain("created_us");
    }

    @Test
    void shouldKeepWhatIsNeverShownWhenAChangeLeavesItOut() {
        final Edit renamed = edit(ResourceKind.DEVICES, "d", "label", "desk");
        HiddenFields.removeFrom(renamed.fields());
        final ResourceId id = renamed.id();
        final OverlaidConfiguration changed = apply(configuration, renamed);

        assertThat(fields(changed, ResourceKind.DEVICES, id).get("ha1"))
                .isEqualTo(fields(configuration, ResourceKind.DEVICES, id).get("ha1"));
        final Edit elsewhere = edit(ResourceKind.DEVICES, "d", "auth_username", "e");
        HiddenFields.removeFrom(elsewhere.fields());
        assertThat(check(elsewhere).refusal().problems())
                .extracting(Problem::field)
                .contains("ha1");
    }

    @Test
    void shouldRefuseAResourceThatNoLineOfAFileHolds() {
        final ObjectNode list = object("{'account_id':'name:top','name':'l','kind':'dnc_out'}");
        for (int i = 0; i < 10_000; i++) {
            list.withArray("entries").add((490000000000000L + i) + "*");
        }
        assertThat(check(Edit.create(ResourceKind.PHONE_LISTS, list)).refusal()).isNull();
        final ObjectNode flow = object("{'account_id':'name:top','name':'f','graph':{'nodes':[]}}");
        for (int i = 0; i < 250; i++) {
            flow.withObject("graph")
                    .withArray("nodes")
                    .addObject()
                    .put("id", "n" + i)
                    .put("type", "step")
                    .putObject("data")
                    .put("kind", "say")
                    .put("text", "x".repeat(2_000));
        }
        assertThat(check(Edit.create(ResourceKind.FLOWS, flow)).refusal().problems())
                .anySatisfy(
                        problem -> assertThat(problem.rule()).startsWith("resource must have at most 261888 bytes"));
    }

    @Test
    void shouldKeepANumberThatWasGivenUpFromBeingMadeTwice() {
        final OverlaidConfiguration gone = apply(
                configuration,
                edit(ResourceKind.NUMBERS, "12025550102", "disabled_as", "deleted", "status", "disabled"));
        final NumberRow row = new NumberRow();
        assertThat(gone.number(12025550102L, row)).isTrue();

        final Edit again = Edit.create(
                ResourceKind.NUMBERS, object("{'account_id':'name:other','e164':'12025550102','dest_kind':'hangup'}"));
        assertThat(check(gone, again).refusal().outcome()).isEqualTo(Outcome.TAKEN);

        final OverlaidConfiguration passed =
                apply(gone, Edit.delete(ResourceKind.NUMBERS, new ResourceId(row.idHigh, row.idLow), ""), again);
        assertThat(passed.number(12025550102L, row)).isTrue();
        assertThat(new ResourceId(row.idHigh, row.idLow)).isEqualTo(new ResourceId(9, 9));
    }

    private static OverlaidConfiguration of(final String lines) {
        return OverlaidConfiguration.over(InMemoryConfiguration.of("x", 1, lines.replace('\'', '"')));
    }

    private static OverlaidConfiguration apply(final OverlaidConfiguration to, final Edit... edits) {
        final ChangeCheck.Checked checked = check(to, edits);
        assertThat(checked.refusal()).isNull();
        return to.with(
                checked.transitions().stream()
                        .map(change -> new ResourceEdit(change.kind(), change.id(), change.after()))
                        .toList(),
                to.revision() + 1);
    }

    private ChangeCheck.Checked check(final Edit... edits) {
        return check(configuration, edits);
    }

    private static ChangeCheck.Checked check(final OverlaidConfiguration in, final Edit... edits) {
        return ChangeCheck.check(in, new ChangeRequest("test", "edit", List.of(edits)), 7, () -> new ResourceId(9, 9));
    }

    private Edit edit(final ResourceKind kind, final String name, final String... fields) {
        return edit(configuration, kind, name, fields);
    }

    /** The resource of a name with some fields as they are given, or without them when they are null. */
    private static Edit edit(
            final OverlaidConfiguration in, final ResourceKind kind, final String name, final String... fields) {
        final List<ResourceId> ids = new ArrayList<>(RandomEdits.ids(in, kind));
        ids.removeIf(
                id -> !name.equals(fields(in, kind, id).path(kind.nameField()).asString("")));
        final ObjectNode edited = fields(in, kind, ids.getFirst());
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i + 1] == null) {
                edited.remove(fields[i]);
            } else if (fields[i + 1].matches("[0-9]")) {
                edited.put(fields[i], Integer.parseInt(fields[i + 1]));
            } else {
                edited.put(fields[i], fields[i + 1]);
            }
        }
        return Edit.put(kind, ids.getFirst(), edited, "");
    }

    private static ObjectNode fields(final OverlaidConfiguration in, final ResourceKind kind, final ResourceId id) {
        final byte[] json = in.resource(kind, id.high(), id.low());
        return ResourceReader.object(json, 0, json.length);
    }

    private static ObjectNode object(final String text) {
        final byte[] json = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ResourceReader.object(json, 0, json.length);
    }
}
