package io.tandem.routing.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.PhoneList;
import io.tandem.routing.model.Reading;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PhoneListsTest {
    private static final long NUMBER = 19005550123L;

    private final PolicySubject subject = new PolicySubject().of(Chain.of(Reading.ACME, Reading.OTHER));

    @Test
    @DisplayName("R-163 R-164 a number on a dnc_out list is not called; it may call all the same")
    void shouldNotCall() {
        final PhoneList list = list("dnc_out", "19005550123");
        assertThat(calling(NUMBER, list)).isEqualTo(list.id());
        assertThat(calling(NUMBER + 1, list)).isEqualTo(ResourceId.NIL);
        assertThat(caller(NUMBER, list)).isEqualTo(ResourceId.NIL);
    }

    @Test
    @DisplayName("R-163 R-165 a number on a dnc_in list may not call; it is called all the same")
    void shouldNotBeCalled() {
        final PhoneList list = list("dnc_in", "19005550123");
        assertThat(caller(NUMBER, list)).isEqualTo(list.id());
        assertThat(calling(NUMBER, list)).isEqualTo(ResourceId.NIL);
    }

    @Test
    @DisplayName("R-163 R-166 calls with a number on a dnr list are not recorded, allowed or not")
    void shouldNotRecord() {
        final PhoneList list = list("dnr", "1900*");
        final PhoneList allow = list("allow", "1900*");
        final PhoneLists lists = PhoneLists.of(List.of(list, allow));
        assertThat(lists.forbidsRecording(subject, NUMBER, RuleTrace.NONE)).isEqualTo(list.id());
        assertThat(lists.forbidsRecording(subject, 18005550123L, RuleTrace.NONE)).isEqualTo(ResourceId.NIL);
        assertThat(calling(NUMBER, list, allow)).isEqualTo(ResourceId.NIL);
    }

    @Test
    @DisplayName("R-163 R-167 allow overrides the blocks of its own scope, and no others")
    void shouldAllow() {
        final PhoneList block = list("dnc_out", "1900*");
        final PhoneList blockIn = list("dnc_in", "1900*");
        final PhoneList allow = list("allow", "19005550123");
        assertThat(calling(NUMBER, block, blockIn, allow)).isEqualTo(ResourceId.NIL);
        assertThat(caller(NUMBER, block, blockIn, allow)).isEqualTo(ResourceId.NIL);
        assertThat(calling(NUMBER + 1, block, allow)).isEqualTo(block.id());

        final PhoneList reseller = Reading.ofOther(ResourceKind.PHONE_LISTS, "'kind':'dnc_out','entries':['1900*']")
                .resource();
        assertThat(calling(NUMBER, reseller, allow)).isEqualTo(reseller.id());
    }

    @Test
    void shouldSayWhatBecameOfEachList() {
        final PhoneList block = list("dnc_out", "1900*");
        final PhoneList other = list("dnc_out", "18005550123");
        final PhoneList allow = list("allow", "19005550123");
        final TracedRules trace = new TracedRules();
        PhoneLists.of(List.of(block, other, allow)).forbidsCalling(subject, NUMBER, trace);
        assertThat(trace.of(allow)).isEqualTo(Finding.DECIDES);
        assertThat(trace.of(block)).isEqualTo(Finding.COMES_LATER);
        assertThat(trace.of(other)).isEqualTo(Finding.OTHER_NUMBER);
    }

    @Test
    void shouldFindExactlyWhatAPlainSearchFinds() {
        final long seed = 20_260_729;
        final Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            final List<String> entries = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                final String digits = Long.toString(1 + random.nextInt(i % 4 == 0 ? 99 : 99_999));
                entries.add(digits.length() > 2 && i % 2 == 0 ? digits : digits + "*");
            }
            final PhoneList list = list("dnc_out", entries.toArray(String[]::new));
            final PhoneLists lists = PhoneLists.of(List.of(list));
            for (int i = 0; i < 2_000; i++) {
                final String number = Long.toString(100 + random.nextInt(2_000_000));
                final boolean expected = list.entries().stream()
                        .anyMatch(entry -> entry.endsWith("*")
                                ? number.startsWith(entry.substring(0, entry.length() - 1))
                                : number.equals(entry));
                assertThat(!lists.forbidsCalling(subject, Long.parseLong(number), RuleTrace.NONE).isNil())
                        .as("seed=%d number=%s", seed, number)
                        .isEqualTo(expected);
            }
        }
    }

    private ResourceId calling(final long e164, final PhoneList... lists) {
        return PhoneLists.of(List.of(lists)).forbidsCalling(subject, e164, RuleTrace.NONE);
    }

    private ResourceId caller(final long e164, final PhoneList... lists) {
        return PhoneLists.of(List.of(lists)).forbidsCaller(subject, e164, RuleTrace.NONE);
    }

    private static PhoneList list(final String kind, final String... entries) {
        return Reading.of(
                        ResourceKind.PHONE_LISTS,
                        "'name':'" + kind + entries[0] + "','kind':'" + kind + "','entries':['"
                                + String.join("','", entries) + "']")
                .resource();
    }
}
