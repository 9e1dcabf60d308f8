package obshto;

import java.util.Map;
import org.keycloak.forms.login.LoginFormsPages;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.theme.Theme;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Locale;
import java.util.Properties;

/** Tells every page of signing in from which municipality the person came. */
public final class MunicipalityForms extends FreeMarkerLoginFormsProvider {
    public MunicipalityForms(KeycloakSession session) {
        super(session);
    }

    @Override
    protected void createCommonAttributes(
            Theme theme, Locale locale, Properties messages, UriBuilder base, LoginFormsPages page) {
        super.createCommonAttributes(theme, locale, messages, base, page);
        OrganizationModel found = Municipality.of(session, session.getContext().getAuthenticationSession());
        if (found != null) {
            attributes.put("municipality", Map.of("slug", found.getAlias(), "title", title(found, locale)));
        }
    }

    private static String title(OrganizationModel organization, Locale locale) {
        var titles = organization.getAttributes().get("title_" + locale.getLanguage());
        return titles == null || titles.isEmpty() ? organization.getName() : titles.get(0);
    }
}
