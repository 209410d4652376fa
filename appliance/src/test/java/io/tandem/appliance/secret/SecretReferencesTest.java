package io.tandem.appliance.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretReferencesTest {
    @Test
    void shouldFindThemAtAnyDepth() {
        final List<String> found = new ArrayList<>();
        final String json = """
                {"id":"q_1","pin_secret_ref":"a","other_secret_ref":"","options":[{"digit":"1"},\
                {"digit":"2","webhook_secret_ref":"b"}],"inner":{"x_secret_ref":"c","name":"pin_secret_ref"}}""";

        SecretReferences.forEach(json.getBytes(StandardCharsets.UTF_8), (field, name) -> found.add(field + "=" + name));

        assertThat(found)
                .containsExactly("pin_secret_ref=a", "options[1].webhook_secret_ref=b", "inner.x_secret_ref=c");
    }

    @Test
    void shouldKnowTheKindsThatHaveThem() {
        assertThat(SecretReferences.KINDS)
                .containsExactlyInAnyOrder(
                        ResourceKind.TRUNKS,
                        ResourceKind.QUEUES,
                        ResourceKind.VOICEMAIL_BOXES,
                        ResourceKind.CONFERENCES);
    }
}
