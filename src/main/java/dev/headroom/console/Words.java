package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import java.util.Locale;

/** The word for a constant, {@code word.<Type>.<CONSTANT>}: the only texts whose keys are put together. */
public final class Words {

    private Words() {}

    public static String of(Enum<?> constant) {
        return translate("word." + constant.getDeclaringClass().getSimpleName() + "." + constant.name());
    }

    /** The name of a country. @param code ISO 3166 */
    public static String country(String code) {
        return Locale.of("", code).getDisplayCountry(ConsoleTexts.language());
    }
}
