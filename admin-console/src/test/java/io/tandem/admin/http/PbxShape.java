package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.routing.model.Forward;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.User;
import io.tandem.routing.model.VoicemailBox;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** A server with one account's do.dev key, and what such a client does with it. */
abstract class PbxShape {
    static final String PATH = "/v1/pbx/extensions";

    HttpRig rig;
    String key;

    @BeforeEach
    void start() {
        rig = new HttpRig();
        key = rig.key("shop", "*").replace("sk_", "do_live_");
        rig.put(ResourceKind.DOMAINS, "{'account_id':'name:shop','domain':'shop.example.com','is_primary':1}");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    Answer bearer(final String method, final String path, final String json) {
        return rig.send(method, path, null, json, json == null ? headers() : headersAndType());
    }

    String[] headers() {
        return new String[] {"Authorization", "Bearer " + key};
    }

    String[] headersAndType() {
        return new String[] {"Authorization", "Bearer " + key, "Content-Type", "application/json"};
    }

    Resource only(final ResourceKind kind) {
        final var all = rig.desk.list(kind, null, null, 10);
        assertThat(all).hasSize(1);
        return all.getFirst().resource();
    }

    String make(final String json) {
        final Answer made = bearer("POST", PATH, json);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().get("id").stringValue();
    }

    JsonNode patched(final String id, final String json) {
        final Answer answer = bearer("PATCH", PATH + '/' + id, json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    void delete(final String id) {
        final Answer answer = bearer("DELETE", PATH + '/' + id, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }

    User user(final String username) {
        return rig.desk.list(ResourceKind.USERS, null, null, 100).stream()
                .map(stored -> (User) stored.resource())
                .filter(user -> user.username().equals(username))
                .findFirst()
                .orElseThrow();
    }

    <T extends Resource> List<T> all(final ResourceKind kind, final Class<T> type) {
        return rig.desk.list(kind, null, null, 100).stream()
                .map(stored -> type.cast(stored.resource()))
                .toList();
    }

    Forward forward(final User user) {
        return (Forward) rig.desk
                .find(ResourceKind.FORWARDS, user.forwardNoAnswer().id())
                .resource();
    }

    String boxName(final User user) {
        final VoicemailBox box = (VoicemailBox)
                rig.desk.find(ResourceKind.VOICEMAIL_BOXES, user.voicemailId()).resource();
        return box.name();
    }

    void country(final String country) {
        rig.put(ResourceKind.ACCOUNTS, "{'name':'acme','is_reseller':1,'country':'" + country + "'}");
    }
}
