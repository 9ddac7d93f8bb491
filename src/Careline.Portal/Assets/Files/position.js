// Fills in where somebody is, when they press for it. Without it the town can be typed.
export function start(part) {
  if (!navigator.geolocation) return;
  part.hidden = false;
  const said = part.querySelector('[role=status]');
  part.querySelector('button').addEventListener('click', () => navigator.geolocation.getCurrentPosition(({ coords }) => {
    const form = part.closest('form');
    // Three places are a hundred metres: enough to find what is near.
    form.elements.lat.value = coords.latitude.toFixed(3);
    form.elements.lng.value = coords.longitude.toFixed(3);
    form.requestSubmit();
  }, () => { said.textContent = part.dataset.refused; }, { maximumAge: 600000, timeout: 15000 }));
}
