// Tells whoever has a page open that what it shows has changed since, and shows it when they ask. Without JavaScript the
// page is the same page, and reading it again does the same.
const notice = document.querySelector('[data-live]');

if (notice instanceof HTMLElement && 'EventSource' in window) {
  const { school, after } = notice.dataset;
  const words = notice.querySelector('[data-live-words]');
  const show = notice.querySelector('a');
  let count = 0;
  let last;

  const told = ({ data }) => {
    const { schoolId, position } = JSON.parse(data);
    // Of what concerns several schools each is told.
    if ((school !== undefined && schoolId !== school) || position === last) return;
    last = position;
    count += 1;
    const what = school === undefined ? 'in the county' : 'of this school';
    words.textContent = `${count === 1 ? 'Something was' : `${count} things were`} recorded ${what} since you opened this page.`;
    // The page that is asked for has seen all that was told of.
    const address = new URL(location.href);
    address.searchParams.set('atLeast', position);
    show.href = address;
    notice.hidden = false;
  };

  // It comes back by itself after a break, and goes on behind the last thing it was told.
  const source = new EventSource(`/api/v1/live?after=${after}`);
  source.addEventListener('school.changed.v1', told);
  source.addEventListener('county.changed.v1', told);
  addEventListener('pagehide', () => source.close());
}
