<#import "template.ftl" as layout>
<#assign isWrong = messagesPerField.existsError("totp")>
<@layout.registrationLayout displayMessage=!isWrong; section>
<#if section = "header">${msg("otpTitle")}<#elseif section = "form">
<form action="${url.loginAction}" method="post">
<#if otpLogin.userOtpCredentials?size gt 1>
<fieldset class="field"><legend class="label">${msg("otpWhichDevice")}</legend>
<#list otpLogin.userOtpCredentials as one>
<div class="check"><input type="radio" id="device-${one?index}" name="selectedCredentialId" value="${one.id}"<#if one.id = otpLogin.selectedCredentialId> checked</#if>><label for="device-${one?index}">${one.userLabel}</label></div>
</#list>
</fieldset>
<#elseif otpLogin.selectedCredentialId?has_content>
<input type="hidden" name="selectedCredentialId" value="${otpLogin.selectedCredentialId}">
</#if>
<div class="field">
<label class="label" for="otp">${msg("loginOtpOneTime")}</label>
<p class="hint" id="otp-hint">${msg("otpHint")}</p>
<#if isWrong><p class="error" id="otp-error">${kcSanitize(messagesPerField.get("totp"))?no_esc}</p></#if>
<input class="input input-code" id="otp" name="otp" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="7" autofocus aria-describedby="otp-hint<#if isWrong> otp-error</#if>"<#if isWrong> aria-invalid="true"</#if>>
</div>
<button class="button" name="login">${msg("doContinue")}</button>
</form>
</#if>
</@layout.registrationLayout>
