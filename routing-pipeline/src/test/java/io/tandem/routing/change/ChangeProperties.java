package io.tandem.routing.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.ImportProgress;
import io.tandem.routing.configuration.ImportResult;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.InMemoryWriter;
import io.tandem.routing.configuration.NdjsonImport;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.flow.GraphText;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever changes are accepted, what comes of them is a configuration that an import takes as it was exported. */
class ChangeProperties {
    private static final int STEPS = 600;
    private static final String FLOW = new GraphText()
            .node("in", "entry")
            .node("out", "route", "'dest_kind':'trunk','dest_id':'name:t1'")
            .edge("in", "out")
            .json();
    private static final String BASE = """
            {'resource':'accounts','name':'top','is_reseller':1,'did_default_dest_kind':'hangup','max_virtual_numbers':4}
            {'resource':'accounts','name':'mid','parent_id':'name:top','is_reseller':1,'did_default_dest_kind':'hangup'}
            {'resource':'accounts','name':'low','parent_id':'name:mid','did_default_dest_kind':'hangup'}
            {'resource':'accounts','name':'a4','parent_id':'name:low'}
            {'resource':'accounts','name':'a5','parent_id':'name:a4'}
            {'resource':'accounts','name':'a6','parent_id':'name:a5'}
            {'resource':'accounts','name':'other','is_reseller':1,'did_default_dest_kind':'hangup'}
            {'resource':'trunks','account_id':'name:top','name':'t1','proxy':'192.0.2.1'}
            {'resource':'trunks','account_id':'name:mid','name':'t2','proxy':'192.0.2.2'}
            {'resource':'trunks','account_id':'name:other','name':'t3','proxy':'192.0.2.3'}
            {'resource':'schedules','account_id':'name:top','name':'s1','rules':[]}
            {'resource':'schedules','account_id':'name:low','name':'s2','rules':[]}
            {'resource':'number-transforms','account_id':'name:top','scope_kind':'account','direction':'inbound_cid','match_regex':'^1','replacement':''}
            {'resource':'number-transforms','account_id':'name:low','scope_kind':'did','scope_id':'name:12025550101','direction':'inbound_cid','match_regex':'^1','replacement':''}
            {'resource':'domains','account_id':'name:top','domain':'d0.test','is_primary':1}
            {'resource':'domains','account_id':'name:low','domain':'d1.test','is_primary':1}
            {'resource':'users','account_id':'name:top','username':'u1','is_agent':1}
            {'resource':'users','account_id':'name:low','username':'u2','is_agent':1}
            {'resource':'users','account_id':'name:low','username':'u3'}
            {'resource':'devices','account_id':'name:top','user_id':'name:u1','auth_username':'n1','realm':'d0.test','password':'x'}
            {'resource':'devices','account_id':'name:low','user_id':'name:u2','auth_username':'n2','realm':'d1.test','password':'x'}
            {'resource':'extensions','account_id':'name:low','digits':'101','dest_kind':'user','dest_id':'name:u2','schedule_id':'name:s2','closed_dest_kind':'voicemail','closed_dest_id':'name:v2'}
            {'resource':'flows','account_id':'name:top','name':'f1','is_published':1,'graph':%s}
            {'resource':'ring-groups','account_id':'name:low','name':'g1','members':[{'user_id':'name:u2'},{'user_id':'name:u3'}]}
            {'resource':'queues','account_id':'name:low','name':'q1','agents':[{'user_id':'name:u2'}],'moh_media_id':'name:m2'}
            {'resource':'voicemail-boxes','account_id':'name:top','name':'v1'}
            {'resource':'voicemail-boxes','account_id':'name:low','name':'v2','greeting_media_id':'name:m2'}
            {'resource':'conferences','account_id':'name:low','name':'c1','moh_media_id':'name:m2'}
            {'resource':'forwards','account_id':'name:low','name':'w1','number':'12025550199','trigger':'always'}
            {'resource':'parking-lots','account_id':'name:low','name':'p1','moh_media_id':'name:m2'}
            {'resource':'paging-groups','account_id':'name:low','name':'i1','members':[{'user_id':'name:u3'}]}
            {'resource':'outbound-routes','account_id':'name:low','name':'r1','via':'trunk','trunk_id':'name:t1'}
            {'resource':'outbound-routes','account_id':'name:a6','name':'r2','via':'trunk','trunk_id':'name:t2'}
            {'resource':'outbound-routes','account_id':'name:other','name':'r3','via':'trunk','trunk_id':'name:t3'}
            {'resource':'policies/call-limits','account_id':'name:top','scope_kind':'user','scope_id':'name:u2','period_sec':60,'max_count':5}
            {'resource':'policies/caller-id-rules','account_id':'name:mid','scope_kind':'account','scope_id':'name:a5','cid_number':'12025550100'}
            {'resource':'policies/acl-rules','account_id':'name:low','rule_type':'ip_deny','value':'203.0.113.0/24'}
            {'resource':'policies/recording-rules','account_id':'name:top','scope_kind':'did','scope_id':'name:12025550102','mode':'on'}
            {'resource':'policies/phone-lists','account_id':'name:low','kind':'dnc_out','entries':['49*']}
            {'resource':'policies/geo-policies','account_id':'name:low','mode':'denylist','countries':['DE']}
            {'resource':'media','account_id':'name:low','name':'m2','kind':'moh','object_key':'k'}
            {'resource':'media','account_id':'name:top','name':'m1','kind':'moh','object_key':'k'}
            {'resource':'media-playlists','account_id':'name:low','name':'l1','items':[{'media_id':'name:m2'}]}
            {'resource':'api-keys','account_id':'name:top','name':'k1','hash':'%s','scopes':['*']}
            {'resource':'numbers','account_id':'name:low','e164':'12025550101'}
            {'resource':'numbers','account_id':'name:low','e164':'12025550102','dest_kind':'user','dest_id':'name:u2','schedule_id':'name:s2'}
            {'resource':'numbers','account_id':'name:top','e164':'12025550103','dest_kind':'flow','dest_id':'name:f1'}
            {'resource':'numbers','account_id':'name:other','e164':'12025550104','dest_kind':'trunk','dest_id':'name:t3'}
            {'resource':'numbers','account_id':'name:other','e164':'1202555*','dest_kind':'hangup'}
            {'resource':'numbers','account_id':'name:top','e164':'12025550105..12025550109','dest_kind':'hangup'}
            {'resource':'numbers','account_id':'name:top','e164':'899001000001','class':'virtual'}
            {'resource':'numbers','account_id':'name:top','e164':'899001000002','class':'virtual'}
            """.formatted(FLOW, "a".repeat(64));

    @ParameterizedTest
    @DisplayName("what is exported after any changes is imported without problems, and is the same")
    @ValueSource(longs = {1, 2, 3, 20261129})
    void shouldImportWhatWasExported(final long seed) throws IOException {
        final RandomEdits random = new RandomEdits(seed);
        final InMemoryConfiguration base = InMemoryConfiguration.of("base", 1, BASE.replace('\'', '"'));
        OverlaidConfiguration now = OverlaidConfiguration.over(base);
        final long[] ids = {1};
        final Map<ResourceKind, Integer> changed = new EnumMap<>(ResourceKind.class);
        for (int step = 0; step < STEPS; step++) {
            final List<Edit> edits = random.next(now);
            final ChangeCheck.Checked checked = ChangeCheck.check(
                    now, new ChangeRequest("test", "edit", edits), step, () -> new ResourceId(9, ids[0]++));
            if (checked.refusal() == null && !checked.transitions().isEmpty()) {
                now = now.with(
                        checked.transitions().stream()
                                .map(change -> new ResourceEdit(change.kind(), change.id(), change.after()))
                                .toList(),
                        now.revision() + 1);
                edits.forEach(edit -> changed.merge(edit.kind(), 1, Integer::sum));
                assertImports(now, "seed=" + seed + " step=" + step + " edits=" + edits);
            }
        }
        assertThat(changed).as("accepted edits, seed=" + seed).hasSizeGreaterThan(20);
    }

    private static void assertImports(final OverlaidConfiguration from, final String when) throws IOException {
        final StringBuilder file = new StringBuilder();
        for (final ResourceKind kind : ResourceKind.values()) {
            for (final ResourceId id : RandomEdits.ids(from, kind)) {
                file.append("{\"resource\":\"")
                        .append(kind.collection())
                        .append("\",")
                        .append(json(from, kind, id), 1, json(from, kind, id).length())
                        .append('\n');
            }
        }
        final byte[] bytes = file.toString().getBytes(StandardCharsets.UTF_8);
        final InMemoryWriter writer = new InMemoryWriter(InMemoryConfiguration.builder("again", 1));
        final ImportResult result =
                NdjsonImport.run(() -> new ByteArrayInputStream(bytes), writer, ImportProgress.SILENT);
        assertThat(result.problems().kept())
                .as(when)
                .extracting(Problem::toString)
                .isEmpty();
        for (final ResourceKind kind : ResourceKind.values()) {
            assertThat(RandomEdits.ids(writer.configuration(), kind)).as(when).isEqualTo(RandomEdits.ids(from, kind));
            for (final ResourceId id : RandomEdits.ids(from, kind)) {
                assertThat(json(writer.configuration(), kind, id)).as(when).isEqualTo(json(from, kind, id));
            }
        }
        for (long number = 12025550090L; number < 12025550205L; number++) {
            assertThat(taker(writer.configuration(), number)).as(when).isEqualTo(taker(from, number));
        }
    }

    private static ResourceId taker(final Configuration of, final long number) {
        final NumberRow row = new NumberRow();
        return of.longestMatch(number, row) ? new ResourceId(row.idHigh, row.idLow) : null;
    }

    private static String json(final Configuration from, final ResourceKind kind, final ResourceId id) {
        return new String(from.resource(kind, id.high(), id.low()), StandardCharsets.UTF_8);
    }
}
