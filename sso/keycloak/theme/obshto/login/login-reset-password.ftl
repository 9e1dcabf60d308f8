<#import "template.ftl" as layout>
<#assign isWrong = messagesPerField.existsError("username")>
<@layout.registrationLayout displayMessage=!isWrong; section>
<#if section = "header">${msg("emailForgotTitle")}<#elseif section = "form">
<p>${msg("emailInstruction")}</p>
<form action="${url.loginAction}" method="post">
<div class="field">
<label class="label" for="username">${msg("email")}</label>
<#if isWrong><p class="error" id="wrong">${kcSanitize(messagesPerField.get("username"))?no_esc}</p></#if>
<input class="input" id="username" name="username" type="email" value="${(auth.attemptedUsername!'')}" autocomplete="username" autocapitalize="none" spellcheck="false"<#if isWrong> aria-invalid="true" aria-describedby="wrong"</#if>>
</div>
<button class="button">${msg("emailVerifySend")}</button>
</form>
<p><a href="${url.loginUrl}">${msg("backToLogin")}</a></p>
</#if>
</@layout.registrationLayout>
