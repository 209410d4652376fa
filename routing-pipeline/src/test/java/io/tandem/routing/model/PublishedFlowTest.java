package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PublishedFlowTest {
    private static final String ID = new ResourceId(1, 2).prefixed(ResourceKind.FLOWS);

    private static byte[] flow(final String fields) {
        return ("{'id':'" + ID + "','name':'f'," + fields + "}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] published(final int version, final String draft, final int code) {
        return flow("'version':" + version + ",'graph':{'draft':'" + draft + "'},'published_graph':{'nodes':["
                + "{'id':'in','data':{'kind':'entry'}},{'id':'bye','data':{'kind':'hangup','sipCode':" + code
                + "}}],'edges':[{'source':'in','target':'bye'}]}");
    }

    @Test
    void shouldSayWhatWasPublishedWithoutTheDraft() {
        final byte[] superseded = PublishedFlow.superseded(published(3, "much", 404), published(4, "much", 410));
        final PublishedFlow flow = PublishedFlow.of(superseded);
        assertThat(flow).isEqualTo(PublishedFlow.of(published(3, "", 404)));
        assertThat(flow.version()).isEqualTo(3);
        assertThat(new String(superseded, StandardCharsets.UTF_8)).doesNotContain("draft", "name");
    }

    @Test
    void shouldTellAnotherGraphOfTheSameVersionAndAnotherVersionOfTheSameGraph() {
        final byte[] before = published(3, "", 404);
        assertThat(PublishedFlow.superseded(before, published(3, "", 410))).isNotNull();
        assertThat(PublishedFlow.superseded(before, published(4, "", 404))).isNotNull();
        assertThat(PublishedFlow.superseded(before, published(3, "new draft", 404)))
                .isNull();
        assertThat(PublishedFlow.superseded(before, before.clone())).isNull();
    }

    @Test
    void shouldTellFlowsThatGoFromThoseThatWereNotThere() {
        final byte[] before = published(3, "", 404);
        final byte[] withdrawn = flow("'version':3,'graph':{}");
        final byte[] noFlow = "[1".getBytes(StandardCharsets.UTF_8);
        assertThat(PublishedFlow.superseded(before, null)).isNotNull();
        assertThat(PublishedFlow.superseded(before, withdrawn)).isNotNull();
        assertThat(PublishedFlow.superseded(before, noFlow)).isNotNull();
        assertThat(PublishedFlow.superseded(null, before)).isNull();
        assertThat(PublishedFlow.superseded(withdrawn, before)).isNull();
        assertThat(PublishedFlow.superseded(noFlow, before)).isNull();
    }
}
