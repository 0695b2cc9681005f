package dev.headroom.entitlement;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.headroom.account.AccountId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The newest so many of something that an account has. */
record Newest(AccountId account, int most) {

    /** Reads what one list of many accounts needs once for every length that was asked for, and that is one. */
    static <T> Map<Newest, List<T>> read(Set<Newest> asked, Reading<T> reading) {
        return asked.stream().collect(groupingBy(Newest::most)).entrySet().stream()
                .flatMap(alike -> {
                    Map<AccountId, List<T>> found = reading.read(alike.getValue().stream().map(Newest::account).toList(), alike.getKey());
                    return alike.getValue().stream().map(each -> Map.entry(each, found.getOrDefault(each.account(), List.of())));
                })
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** One statement. */
    interface Reading<T> {

        Map<AccountId, List<T>> read(Collection<AccountId> accounts, int most);
    }
}
