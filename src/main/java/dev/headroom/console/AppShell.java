package dev.headroom.console;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;

/** The page around every view: theme, style sheet, and the remembered appearance before anything is painted. */
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("console.css")
@ColorScheme(ColorScheme.Value.SYSTEM)
public class AppShell implements AppShellConfigurator {

    private static final String ICON = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
            + "%3Crect width='16' height='16' rx='4' fill='%23a9c0f5'/%3E%3Cpath d='M0 6h16v6a4 4 0 0 1-4 4H4a4 4 0 0 1-4-4z' fill='%232a5bd0'/%3E%3C/svg%3E";

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.setViewport("width=device-width, initial-scale=1");
        settings.setPageTitle("Headroom");
        settings.addLink("icon", ICON);
        settings.addInlineWithContents(Inline.Position.PREPEND, Appearance.BEFORE_PAINT, Inline.Wrapping.JAVASCRIPT);
    }
}
