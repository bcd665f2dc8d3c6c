package main

// town is a place that incidents gather around, more of them with weight.
type town struct {
	name, region string
	lon, lat     float64 // degrees, WGS 84
	weight       int
}

func towns() []town {
	return []town{
		{"Lashio", "Shan (North)", 97.75, 22.93, 5}, {"Laukkai", "Shan (North)", 98.77, 23.69, 4}, {"Muse", "Shan (North)", 97.90, 23.98, 4},
		{"Mandalay", "Mandalay", 96.08, 21.97, 5}, {"Namhkam", "Shan (North)", 97.68, 23.83, 3}, {"Kyaukme", "Shan (North)", 97.03, 22.54, 3},
		{"Hsipaw", "Shan (North)", 97.30, 22.62, 3}, {"Myitkyina", "Kachin", 97.40, 25.38, 3}, {"Loikaw", "Kayah", 97.21, 19.67, 4}, {"Sittwe", "Rakhine", 92.90, 20.14, 3},
		{"Yangon", "Yangon", 96.16, 16.80, 4}, {"Naypyitaw", "Naypyitaw", 96.13, 19.75, 1}, {"Bago", "Bago (East)", 96.48, 17.33, 2}, {"Pathein", "Ayeyarwady", 94.73, 16.78, 1},
		{"Mawlamyine", "Mon", 97.63, 16.49, 2}, {"Dawei", "Tanintharyi", 98.20, 14.08, 3}, {"Myeik", "Tanintharyi", 98.60, 12.44, 2}, {"Kawthaung", "Tanintharyi", 98.55, 9.98, 1},
		{"Hpa-An", "Kayin", 97.63, 16.89, 3}, {"Myawaddy", "Kayin", 98.51, 16.69, 3}, {"Kawkareik", "Kayin", 98.24, 16.56, 3}, {"Taunggyi", "Shan (South)", 97.04, 20.78, 1},
		{"Pekon", "Shan (South)", 97.00, 19.87, 3}, {"Moebye", "Shan (South)", 97.03, 19.75, 3}, {"Demoso", "Kayah", 97.17, 19.54, 4}, {"Hpruso", "Kayah", 97.10, 19.38, 2},
		{"Kengtung", "Shan (East)", 99.60, 21.29, 1}, {"Tachileik", "Shan (East)", 99.88, 20.45, 1}, {"Kunlong", "Shan (North)", 98.65, 23.42, 2}, {"Hseni", "Shan (North)", 97.97, 23.31, 3},
		{"Kutkai", "Shan (North)", 97.94, 23.46, 3}, {"Namtu", "Shan (North)", 97.40, 23.09, 2}, {"Nawnghkio", "Shan (North)", 96.80, 22.33, 3}, {"Mogok", "Mandalay", 96.51, 22.92, 3},
		{"Momeik", "Shan (North)", 96.68, 23.11, 2}, {"Monglon", "Shan (North)", 96.90, 22.85, 1}, {"Mabein", "Shan (North)", 96.62, 23.48, 1}, {"Bhamo", "Kachin", 97.24, 24.26, 3},
		{"Laiza", "Kachin", 97.55, 24.76, 2}, {"Hpakant", "Kachin", 96.31, 25.61, 3}, {"Waingmaw", "Kachin", 97.43, 25.35, 2}, {"Shwegu", "Kachin", 96.80, 24.23, 1},
		{"Katha", "Sagaing", 96.34, 24.18, 2}, {"Indaw", "Sagaing", 96.14, 24.22, 2}, {"Kawlin", "Sagaing", 95.68, 23.78, 3}, {"Monywa", "Sagaing", 95.14, 22.11, 4},
		{"Shwebo", "Sagaing", 95.70, 22.57, 4}, {"Sagaing", "Sagaing", 95.98, 21.88, 4}, {"Yinmarbin", "Sagaing", 94.90, 22.08, 3}, {"Kale", "Sagaing", 94.06, 23.19, 3},
		{"Pale", "Sagaing", 94.87, 21.96, 3}, {"Pakokku", "Magway", 95.09, 21.33, 3}, {"Gangaw", "Magway", 94.13, 22.17, 2}, {"Magway", "Magway", 94.93, 20.15, 1},
		{"Mindat", "Chin", 93.97, 21.36, 2}, {"Hakha", "Chin", 93.61, 22.64, 2}, {"Falam", "Chin", 93.68, 22.91, 2}, {"Paletwa", "Chin", 92.85, 21.30, 2},
		{"Buthidaung", "Rakhine", 92.53, 20.87, 3}, {"Kyaukphyu", "Rakhine", 93.55, 19.43, 2}, {"Ann", "Rakhine", 94.03, 19.78, 2}, {"Thandwe", "Rakhine", 94.37, 18.46, 1},
	}
}

// weighted is a code and how often it comes.
type weighted struct {
	code   string
	weight int
}

func kinds() []weighted {
	return []weighted{{"battle", 30}, {"shelling", 21}, {"airstrike", 16}, {"drone_strike", 14}, {"explosion", 10}, {"paramotor_attack", 4}, {"helicopter_attack", 2}, {"other", 3}}
}

func statuses() []weighted {
	return []weighted{{"reported", 60}, {"corroborated", 24}, {"verified", 12}, {"disputed", 4}}
}

func datePrecisions() []weighted {
	return []weighted{{"day", 92}, {"week", 4}, {"month", 3}, {"year", 1}}
}

// locationPrecisions go with a grid: what is known less well is rounded to it.
func locationPrecisions() []weighted {
	return []weighted{{"exact", 35}, {"vicinity", 25}, {"locality", 28}, {"township", 12}}
}

func attackers() []string {
	return []string{"Myanmar military", "TNLA", "MNDAA", "AA", "KIA", "KNLA", "KNDF", "PDF", "Local Defence Force", "Pyu Saw Htee", "UWSA", "SSPP", "RCSS", "CNF", "Unidentified armed group"}
}

// pick returns an index by weight; u is uniform in [0, 1).
func pick(all []weighted, u float64) int {
	total := 0
	for _, w := range all {
		total += w.weight
	}
	at := u * float64(total)
	for i, w := range all {
		if at -= float64(w.weight); at < 0 {
			return i
		}
	}
	return len(all) - 1
}
