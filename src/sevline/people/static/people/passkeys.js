// Shows what needs a passkey only where the browser knows passkeys, and says in words why one did not work.
const WORDS = {
  NotAllowedError: 'The browser did not get a passkey: it was cancelled, took too long, or there is none for this address.',
  InvalidStateError: 'This passkey is already added to your account.',
  SecurityError: 'Passkeys need the address that Sevline was set up with. Open it by that name.',
}

function ready () {
  const known = Boolean(window.PublicKeyCredential && navigator.credentials)
  for (const part of document.querySelectorAll('[data-passkeys]')) part.hidden = !known
  for (const part of document.querySelectorAll('[data-no-passkeys]')) part.hidden = known
}

document.addEventListener('DOMContentLoaded', ready)
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const error = event.detail.exception
  for (const place of document.querySelectorAll('[data-passkey-error]')) {
    place.textContent = WORDS[error.name] || 'The passkey could not be used. Try again, or use another way.'
    place.hidden = false
  }
})
