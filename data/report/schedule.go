package report

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"strikewatch/data"
	"strikewatch/geo"
)

// Schedule says when which report goes to whom.
type Schedule struct {
	Name       string   `toml:"name"`      // tells schedules apart; what was delivered is remembered under it
	Cron       string   `toml:"cron"`      // minute hour day-of-month month day-of-week
	TimeZone   string   `toml:"time_zone"` // IANA name; the deployment's when empty
	Border     string   `toml:"border"`
	WithinKM   float64  `toml:"within_km"`
	Period     string   `toml:"period"` // previous month, previous week, previous day, last N days
	Recipients []string `toml:"recipients"`
	Directory  string   `toml:"directory"`
}

// plan is a schedule that can be kept.
type plan struct {
	Schedule
	location   *time.Location
	times      cron.Schedule
	everyHour  bool
	recipients []string // addresses, and the directory
}

// plan checks a schedule. An error names the field and the fix.
func (c Schedule) plan(s *data.Store, m SMTP, now time.Time) (p plan, err error) {
	p = plan{Schedule: c}
	if c.Name == "" {
		return p, invalid("name", "is missing", `for example name = "China border, monthly"`)
	}
	if p.TimeZone == "" {
		p.TimeZone = s.Deployment().TimeZone
	}
	if p.location, err = time.LoadLocation(p.TimeZone); err != nil {
		return p, invalid("time_zone", fmt.Sprintf("is %q, which is no IANA time zone", p.TimeZone), "for example Asia/Yangon")
	}
	const cronHint = `give minute, hour, day of month, month and day of week, for example "0 7 1 * *"`
	if strings.Contains(c.Cron, "TZ=") {
		return p, invalid("cron", "names a time zone", "use time_zone")
	}
	p.times, err = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(c.Cron)
	if err != nil {
		return p, invalid("cron", fmt.Sprintf("is %q: %v", c.Cron, err), cronHint)
	}
	p.everyHour = strings.HasPrefix(strings.Fields(c.Cron)[1], "*")
	if p.next(now).IsZero() {
		return p, invalid("cron", fmt.Sprintf("is %q, which never comes", c.Cron), cronHint)
	}
	if _, err := p.period(now); err != nil {
		return p, err
	}
	if err := p.checkRecipients(m); err != nil {
		return p, err
	}
	_, err = p.request(now).query(s, 0, 0) // checks border and within_km
	return p, err
}

func (p *plan) checkRecipients(m SMTP) error {
	if len(p.Recipients) == 0 && p.Directory == "" {
		return invalid("recipients", "is missing, and so is directory", `say where to deliver, for example recipients = ["desk@example.org"] or directory = "/srv/reports"`)
	}
	for _, address := range p.Recipients {
		if err := checkRecipient(address); err != nil {
			return err
		}
	}
	if len(p.Recipients) > 0 {
		if err := m.check(); err != nil {
			return err
		}
	}
	p.recipients = append(p.recipients, p.Recipients...)
	if p.Directory != "" {
		p.Directory = filepath.Clean(p.Directory)
		p.recipients = append(p.recipients, p.Directory)
	}
	return nil
}

// next returns the first due time after t. Where clocks are changed, a time of
// day that comes twice is due once, and one that does not come is due near
// where it would be; what is due every hour goes by the hours that pass.
func (p *plan) next(t time.Time) time.Time {
	if p.everyHour {
		return p.times.Next(t.In(p.location))
	}
	local := t.In(p.location)
	wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), local.Nanosecond(), time.UTC)
	for {
		if wall = p.times.Next(wall); wall.IsZero() {
			return wall
		}
		at := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), 0, 0, p.location)
		if at.After(t) {
			return at
		}
	}
}

var lastDays = regexp.MustCompile(`^last (\d{1,4}) days?$`)

// period is the days that a report due at a time speaks of, all before that
// day.
func (p *plan) period(due time.Time) (days [2]int32, err error) {
	local := due.In(p.location)
	today, err := geo.ParseDay(local.Format(time.DateOnly))
	if err != nil {
		return days, err
	}
	switch text := strings.Join(strings.Fields(strings.ToLower(p.Period)), " "); text {
	case "previous day":
		return [2]int32{today - 1, today - 1}, nil
	case "previous week":
		monday := today - int32((int(local.Weekday())+6)%7)
		return [2]int32{monday - 7, monday - 1}, nil
	case "previous month":
		last := today - int32(local.Day())
		first := time.Date(local.Year(), local.Month()-1, 1, 0, 0, 0, 0, time.UTC)
		return [2]int32{int32(first.Unix() / 86400), last}, nil
	default:
		if m := lastDays.FindStringSubmatch(text); m != nil {
			if n, err := strconv.Atoi(m[1]); err == nil && n > 0 && n <= maxDays {
				return [2]int32{today - int32(n), today - 1}, nil
			}
		}
	}
	return days, invalid("period", fmt.Sprintf("is %q", p.Period), `use "previous month", "previous week", "previous day" or "last 30 days"`)
}

// request asks for the report due at a time. The period was checked before.
func (p *plan) request(due time.Time) BorderRequest {
	days, _ := p.period(due)
	return BorderRequest{Border: p.Border, WithinKM: p.WithinKM, From: days[0], To: days[1]}
}
