package geo

import "fmt"

// ParseDay reads a civil date in the form YYYY-MM-DD, year 0000 to 9999, as
// days since 1970-01-01. It knows no time zone and refuses dates that the
// (proleptic Gregorian) calendar does not have.
func ParseDay(text string) (int32, error) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return 0, fmt.Errorf("%q is not a date in the form YYYY-MM-DD", text)
	}
	number := 0
	for i := range 10 {
		if i == 4 || i == 7 {
			continue
		}
		if text[i] < '0' || text[i] > '9' {
			return 0, fmt.Errorf("%q is not a date in the form YYYY-MM-DD", text)
		}
		number = number*10 + int(text[i]-'0')
	}
	year, month, day := number/10000, number/100%100, number%100
	if month < 1 || month > 12 {
		return 0, fmt.Errorf("%q has no month %02d", text, month)
	}
	if last := daysIn(year, month); day < 1 || day > last {
		return 0, fmt.Errorf("%q: the month has days 01 to %d", text, last)
	}
	return dayOf(year, month, day), nil
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// The calendar repeats after 400 years, called an era; its years are counted
// from March, so that the leap day is the last. See H. Hinnant, chrono-
// compatible low-level date algorithms.
const (
	daysPerEra  = 146097
	marchOfYear = 719468 // days from 0000-03-01 to 1970-01-01
)

func dayOf(year, month, day int) int32 {
	if month <= 2 {
		year--
	}
	era := floorDivide(year, 400)
	yearOfEra := year - era*400
	dayOfYear := (153*((month+9)%12)+2)/5 + day - 1
	return int32(era*daysPerEra + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear - marchOfYear)
}

// FormatDay writes days since 1970-01-01 as YYYY-MM-DD.
func FormatDay(day int32) string {
	days := int(day) + marchOfYear
	era := floorDivide(days, daysPerEra)
	dayOfEra := days - era*daysPerEra
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	fromMarch := (5*dayOfYear + 2) / 153
	year, month := era*400+yearOfEra, (fromMarch+2)%12+1
	if month <= 2 {
		year++
	}
	date := dayOfYear - (153*fromMarch+2)/5 + 1
	if year < 0 || year > 9999 {
		return fmt.Sprintf("%04d-%02d-%02d", year, month, date)
	}
	return string([]byte{
		'0' + byte(year/1000), '0' + byte(year/100%10), '0' + byte(year/10%10), '0' + byte(year%10), '-',
		'0' + byte(month/10), '0' + byte(month%10), '-', '0' + byte(date/10), '0' + byte(date%10),
	})
}

func floorDivide(a, b int) int {
	if a < 0 {
		return (a - b + 1) / b
	}
	return a / b
}
