<#import "template.ftl" as layout>
<#assign isWrong = messagesPerField.existsError("totp")>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("totp", "userLabel"); section>
<#if section = "header">${msg("loginTotpTitle")}<#elseif section = "form">
<ol class="steps">
<li><p>${msg("loginTotpStep1")}</p>
<ul><#list totp.supportedApplications as app><li>${msg(app)}</li></#list></ul></li>
<li><p>${msg("loginTotpStep2")}</p>
<img class="qr" src="data:image/png;base64, ${totp.totpSecretQrCode}" width="200" height="200" alt="${msg("totpPicture")}">
<p>${msg("loginTotpManualStep2")}<br><b class="key">${totp.totpSecretEncoded}</b></p></li>
<li><p>${msg("loginTotpStep3")}</p></li>
</ol>
<form action="${url.loginAction}" method="post">
<div class="field">
<label class="label" for="totp">${msg("authenticatorCode")}</label>
<#if isWrong><p class="error" id="totp-error">${kcSanitize(messagesPerField.get("totp"))?no_esc}</p></#if>
<input class="input input-code" id="totp" name="totp" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="7"<#if isWrong> aria-invalid="true" aria-describedby="totp-error"</#if>>
</div>
<div class="field">
<label class="label" for="userLabel">${msg("loginTotpDeviceName")}</label>
<#if messagesPerField.existsError("userLabel")><p class="error" id="label-error">${kcSanitize(messagesPerField.get("userLabel"))?no_esc}</p></#if>
<input class="input" id="userLabel" name="userLabel" type="text" autocomplete="off" value="<#if !totp.otpCredentials?has_content>${msg("totpFirstDevice")}</#if>"<#if messagesPerField.existsError("userLabel")> aria-invalid="true" aria-describedby="label-error"</#if>>
</div>
<input type="hidden" name="totpSecret" value="${totp.totpSecret}">
<button class="button" id="saveTOTPBtn">${msg("totpSave")}</button>
<#if isAppInitiatedAction??><button class="button button-quiet" name="cancel-aia" value="true">${msg("doCancel")}</button></#if>
</form>
</#if>
</@layout.registrationLayout>
