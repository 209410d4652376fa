package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ApiKeyTest {
    private static final String ACCOUNT = "acc_01j9zzzzzzzzzzzzzzzzzzzzzz";
    private static final String HASH = "0123456789abcdef".repeat(4);

    private final Problems problems = new Problems(10);

    @Test
    void shouldBeFoundByItsHashAndReadBackItsOwnJson() {
        final ApiKey key = read(HASH, "\"numbers:read\",\"policies/acl-rules:write\"");

        assertThat(problems.kept()).isEmpty();
        assertThat(key.names()).contains(ApiKey.byHash(HASH));
        assertThat(read((ObjectNode) JsonMapper.shared().readTree(key.json()))).isEqualTo(key);
        assertThat(key.allows("numbers:read")).isTrue();
        assertThat(key.allows("numbers:write")).isFalse();
        assertThat(read(HASH, "\"*\"").allows("numbers:write")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"numbers", "numbers:delete", ":read", ""})
    void shouldRefuseWhatIsNoScope(final String scope) {
        read(HASH, '"' + scope + '"');

        assertThat(problems.kept()).extracting(Problem::field).containsExactly("scopes");
    }

    @Test
    void shouldRefuseMoreScopesThanAKeyMayHave() {
        read(HASH, "\"numbers:read\",".repeat(ApiKey.SCOPES_MAX) + "\"trunks:read\"");

        assertThat(problems.kept()).extracting(Problem::field).containsExactly("scopes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"})
    void shouldRefuseWhatIsNoHash(final String hash) {
        read(hash, "");

        assertThat(problems.kept()).extracting(Problem::field).containsExactly("hash");
    }

    private ApiKey read(final String hash, final String scopes) {
        return read((ObjectNode) JsonMapper.shared()
                .readTree("{\"account_id\":\"" + ACCOUNT + "\",\"name\":\"k\",\"hash\":\"" + hash + "\",\"scopes\":["
                        + scopes + "]}"));
    }

    private ApiKey read(final ObjectNode object) {
        return ApiKey.read(new Fields(object, "api-keys", 0, References.TRUSTING, problems, new Problems(10)));
    }
}
