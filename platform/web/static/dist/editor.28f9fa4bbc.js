function i(e,t,n,s){e.focus(),e.setSelectionRange(n,s),document.execCommand("insertText",!1,t)||e.setRangeText(t,n,s,"end"),e.dispatchEvent(new Event("input",{bubbles:!0}))}function a(e,t){let{selectionStart:n,selectionEnd:s,value:c}=e;i(e,t+c.slice(n,s)+t,n,s),n===s&&e.setSelectionRange(n+t.length,n+t.length)}function u(e,t){let n=e.value.lastIndexOf(`
`,e.selectionStart-1)+1,s=e.value.slice(n,e.selectionEnd),c=/^\d/.test(t),o=s.split(`
`).map((l,d)=>(c?`${d+1}. `:t)+l);i(e,o.join(`
`),n,e.selectionEnd)}function f(e,t){let{selectionStart:n,selectionEnd:s,value:c}=e,o=c.slice(n,s)||t;i(e,`[${o}](https://)`,n,s);let l=e.selectionStart-1;e.setSelectionRange(l,l)}for(let e of document.querySelectorAll("[data-tools]")){let t=document.getElementById(e.dataset.tools);t.before(e),e.hidden=!1,e.addEventListener("click",n=>{let{around:s,line:c,link:o}=n.target.dataset;s&&a(t,s),c&&u(t,c),o&&f(t,o)})}for(let e of document.querySelectorAll("[data-put]")){let t=document.getElementById(e.dataset.into);t&&(e.hidden=!1,e.addEventListener("click",()=>i(t,`

${e.dataset.put}

`,t.selectionEnd,t.selectionEnd)))}
