package dev.headroom.console.feature;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.error.HeadroomException;
import java.util.List;
import java.util.stream.Stream;

/** Percentages as people list them: {@code 70, 85, 100}; empty for none. */
final class ThresholdText {

    static final int MOST = 10;

    private static final int LONGEST = 6;

    private ThresholdText() {}

    /** @throws HeadroomException INVALID_INPUT, naming the field */
    static List<Integer> parse(String path, String typed) {
        return Stream.of(typed.split("[,;\\s]+")).filter(each -> !each.isBlank()).map(each -> number(path, each)).toList();
    }

    private static Integer number(String path, String typed) {
        String digits = typed.replace("%", "");
        if (digits.length() > LONGEST || !digits.matches("[0-9]+")) {
            throw HeadroomException.invalid(path, translate("feature.thresholds.wrong", typed));
        }
        return Integer.valueOf(digits);
    }
}
